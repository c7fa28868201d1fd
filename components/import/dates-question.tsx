"use client";

import { useEffect, useState } from "react";
import { useZone } from "@/components/shared/use-me";
import { Select } from "@/components/ui/select";
import { findDates } from "@/lib/connectors/csv/reader";
import { isRefusal } from "@/lib/errors";
import { type DateFormat, readDay } from "@/lib/interchange/dates";
import { COLUMNS } from "@/lib/interchange/kinds";
import type { Mapping } from "@/lib/interchange/mapping";
import { dayInWords, placeOf } from "@/lib/text/days";
import { piecesOf } from "./survey";

/** Formats that people may name; found ones need no asking. */
const FORMATS: readonly DateFormat[] = [
  "YYYY-MM-DD",
  "D/M/YYYY",
  "M/D/YYYY",
  "D.M.YYYY",
  "M.D.YYYY",
  "D-M-YYYY",
  "M-D-YYYY",
  "YYYY/MM/DD",
  "YYYY.MM.DD",
  "YYYY-MM-DD HH:mm:ss",
  "YYYY-MM-DDTHH:mm:ssZ",
];

type Finding = { at: "looking" } | { at: "found"; format: DateFormat } | { at: "asked"; example: string };

/**
 * How days are written: found in the whole file where only one reading fits, else asked with the very cell
 * that reads two ways. It is never guessed (imports.md).
 */
export function DatesQuestion({
  file,
  mapping,
  onFormat,
  onAsked,
}: {
  file: File;
  mapping: Mapping;
  onFormat(format: DateFormat | null): void;
  onAsked(isAsked: boolean): void;
}) {
  const zone = useZone();
  const [finding, setFinding] = useState<Finding>({ at: "looking" });
  const columns = COLUMNS[mapping.kind]
    .filter(({ type }) => type === "day")
    .flatMap(({ name }) => {
      const source = mapping.fields[name];
      return source && "column" in source ? [source.column] : [];
    })
    .join("\u001f");

  // biome-ignore lint/correctness/useExhaustiveDependencies: only other day columns make it another question
  useEffect(() => {
    let isStale = false;
    setFinding({ at: "looking" });
    onAsked(false);
    findDates(piecesOf(file), { ...mapping, dates: null }, zone).then(
      (format) => !isStale && setFinding({ at: "found", format }),
      (error: unknown) => {
        if (isStale) return;
        setFinding({ at: "asked", example: isRefusal(error) ? String(error.value ?? "") : "" });
        onAsked(true);
      },
    );
    return () => {
      isStale = true;
    };
  }, [file, columns, mapping.kind]);

  if (columns === "") return null;
  if (finding.at !== "asked") {
    return (
      <p className="flex flex-col gap-1">
        <span className="font-medium text-ink-2 text-xs">Days are written</span>
        <span className="flex h-8 items-center text-ink-2">
          {finding.at === "looking" ? "Looking…" : finding.format}
          {finding.at === "found" && finding.format.endsWith("Z") && `, as days in ${placeOf(zone)}`}
        </span>
      </p>
    );
  }
  const { example } = finding;
  const readings = FORMATS.filter((format) => readDay(example, format, zone));
  return (
    <Select
      label="Days are written"
      className="w-64"
      value={mapping.dates}
      placeholder={`Which day is ${example}?`}
      problem={mapping.dates ? null : `${example} can be read in more than one way`}
      choices={(readings.length > 0 ? readings : FORMATS).map((format) => {
        const day = readDay(example, format, zone);
        return { value: format, label: format, ...(day && { note: `${example} is ${dayInWords(day)}` }) };
      })}
      onChange={onFormat}
    />
  );
}
