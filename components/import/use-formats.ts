"use client";

import { useEffect, useState } from "react";
import type { Formats } from "@/lib/connectors/csv/find-formats";
import { COLUMNS } from "@/lib/interchange/kinds";
import { type ColumnSource, columnsOf, type FieldSource, type Mapping } from "@/lib/interchange/mapping";
import { answerOf } from "./reading";

const bare = (source: FieldSource): FieldSource => {
  if (!("column" in source)) return source;
  const { format: _, ...others } = source;
  return others;
};

/** The mapping as if nobody had said how its columns are written: what the file says is shown beside it. */
const unsaid = (mapping: Mapping): Mapping => ({
  ...mapping,
  dates: null,
  numbers: null,
  fields: Object.fromEntries(Object.entries(mapping.fields).map(([name, source]) => [name, bare(source)])),
});

/** What the file's own cells say of how days and numbers are written; null while it is looked through. */
export function useFormats(file: File, mapping: Mapping, zone: string): Formats | null {
  const [formats, setFormats] = useState<Formats | null>(null);
  const asked = COLUMNS[mapping.kind]
    .filter(({ type }) => type === "day" || type === "money" || type === "number")
    .map(({ name }) => {
      const source = mapping.fields[name];
      return [name, columnsOf(source), (source as ColumnSource | undefined)?.values ?? {}];
    });
  const question = JSON.stringify([asked, mapping.zone, mapping.delimiter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other columns or another zone make it another question
  useEffect(() => {
    let isStale = false;
    setFormats(null);
    answerOf("formats", { file, mapping: unsaid(mapping), zone }).then(
      (found) => !isStale && setFormats(found),
      // A file that cannot be read was refused whole before anybody maps it.
      () => !isStale && setFormats({ dates: new Map(), numbers: { at: "empty" } }),
    );
    return () => {
      isStale = true;
    };
  }, [file, question, mapping.kind, zone]);
  return formats;
}
