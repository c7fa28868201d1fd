"use client";

import { useEffect, useState } from "react";
import { useZone } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { isRefusal } from "@/lib/errors";
import { COLUMNS, KINDS, type Kind } from "@/lib/interchange/kinds";
import { type FieldSource, type Mapping, parseMapping } from "@/lib/interchange/mapping";
import { FieldMapping } from "./field-mapping";
import { openQuestion } from "./open-question";
import { fieldLabel, KIND_LABELS, type QueuedFile } from "./queue";
import { withValues } from "./recognise";
import type { Survey } from "./survey";
import { useFormats } from "./use-formats";

/**
 * How a foreign file is read: columns to fields, values to ours, days and numbers. Nothing leaves it before
 * it is complete; the server parses the same document with the same rules when it is saved.
 */
export function MappingEditor({
  file,
  survey,
  onKind,
  onUse,
}: {
  file: QueuedFile;
  survey: Survey;
  onKind(kind: Kind): void;
  onUse(mapping: Mapping, name: string | null): void;
}) {
  const kind = file.kind as Kind;
  const { mapping, problem, setProblem, change, setField } = useMappingDraft(file);
  const zone = useZone();
  const formats = useFormats(file.file, mapping, zone);
  const save = useWrite("saveMapping", { said: (_, { name: saved }) => `Mapping “${saved}” saved` });
  const use = (name: string) => {
    const parsed = parsedOr(mapping, setProblem);
    if (!parsed) return;
    const open = formats && openQuestion(parsed, formats);
    if (open) return setProblem(open);
    if (name) save.mutate({ name, document: { ...parsed } });
    onUse(parsed, name || null);
  };

  return (
    <div className="mt-3 rounded-lg border border-line-strong bg-surface">
      <div className="flex flex-wrap items-start gap-x-5 gap-y-3 border-line border-b px-4 py-3">
        <Select
          label="This file holds"
          className="w-44"
          value={kind}
          choices={KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))}
          onChange={onKind}
        />
        {hasDays(kind) && <DaysIn zone={mapping.zone} own={zone} onZone={(said) => change({ zone: said })} />}
      </div>
      <ul className="divide-y divide-line">
        {COLUMNS[kind].map((column) => (
          <FieldMapping
            key={column.name}
            column={column}
            mapping={mapping}
            survey={survey}
            formats={formats}
            zone={mapping.zone ?? zone}
            onColumn={(name) =>
              setField(
                column.name,
                column.type === "choice" ? withValues(name, kind, column.name, survey) : { column: name },
              )
            }
            onChange={(source) => setField(column.name, source)}
            onMapping={change}
          />
        ))}
      </ul>
      <Use first={file.mappingName} problem={problem} onUse={use} />
    </div>
  );
}

const hasDays = (kind: Kind) => COLUMNS[kind].some(({ type }) => type === "day");

/** Whose days the file's instants are; the company's unless stated (domain.md §9). */
function DaysIn({
  zone,
  own,
  onZone,
}: {
  zone: string | null;
  own: string;
  onZone(zone: string | null): void;
}) {
  const zones = [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])];
  return (
    <ComboBox
      label="Its times become days in"
      noun="time zone"
      className="w-64"
      items={zones.map((one) => ({ id: one, name: one }))}
      value={zone ?? own}
      onChange={(said: string | null) => onZone(said === own ? null : said)}
      note={zone === null ? "The company's zone" : "Asked of its instants, and of times without a zone"}
    />
  );
}

/** The mapping as it is being made, and what is wrong with it. */
function useMappingDraft(file: QueuedFile) {
  const [mapping, setMapping] = useState(file.mapping as Mapping);
  const [problem, setProblem] = useState<string | null>(null);
  // Another kind begins another draft.
  useEffect(() => setMapping(file.mapping as Mapping), [file.mapping]);
  const change = (changes: Partial<Mapping>) => {
    setProblem(null);
    setMapping((before) => ({ ...before, ...changes }));
  };
  const setField = (field: string, source: FieldSource | null) => {
    const { [field]: _, ...others } = mapping.fields;
    change({ fields: source ? { ...others, [field]: source } : others });
  };
  return { mapping, problem, setProblem, change, setField };
}

/** The mapping by the rules it is saved with; null where it breaks one, which is told. */
function parsedOr(mapping: Mapping, tell: (problem: string) => void): Mapping | null {
  try {
    return parseMapping(mapping);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const field = /^fields\.([a-z_]+)/.exec(error.field)?.[1];
    tell(`${field ? fieldLabel(field) : error.field}: ${error.rule}.`);
    return null;
  }
}

/** Takes the mapping, and keeps it under a name where one is given. */
function Use({
  first,
  problem,
  onUse,
}: {
  first: string | null;
  problem: string | null;
  onUse(name: string): void;
}) {
  const [name, setName] = useState(first ?? "");
  return (
    <div className="flex flex-wrap items-end justify-between gap-3 border-line border-t px-4 py-3">
      <TextField
        label="Keep this mapping as"
        note="Optional. The next file with these columns is read by it without asking."
        placeholder="CRM export"
        className="w-full sm:w-80"
        value={name}
        onChange={setName}
      />
      <div className="flex flex-wrap items-center gap-3">
        {problem && (
          <p role="alert" className="flex items-center gap-1.5 text-danger">
            <Icon name="alert" />
            {problem}
          </p>
        )}
        <Button look="primary" onPress={() => onUse(name.trim())}>
          Check the file with this
        </Button>
      </div>
    </div>
  );
}
