"use client";

import { useEffect, useMemo, useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { Refusal } from "@/lib/errors";
import { COLUMNS, KINDS, type Kind } from "@/lib/interchange/kinds";
import { type FieldSource, type Mapping, parseMapping } from "@/lib/interchange/mapping";
import { DatesQuestion } from "./dates-question";
import { FieldMapping } from "./field-mapping";
import { fieldLabel, KIND_LABELS, type QueuedFile } from "./queue";
import { numberStyles, withValues } from "./recognise";
import type { Survey } from "./survey";

const SIGNS: Record<string, string> = {
  "": "no sign",
  ",": "a comma",
  ".": "a point",
  " ": "a blank",
  "'": "an apostrophe",
};
const styleKey = ({ decimal, thousands }: Mapping["numbers"]) => `${decimal}${thousands}`;

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
  const [mapping, setMapping] = useState(file.mapping as Mapping);
  const [name, setName] = useState(file.mappingName ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const save = useWrite("saveMapping", { said: (_, { name: saved }) => `Mapping “${saved}” saved` });
  const kind = file.kind as Kind;
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
  const setColumn = (field: string, column: string) => {
    const type = COLUMNS[kind].find((one) => one.name === field)?.type;
    setField(field, type === "choice" ? withValues(column, kind, field, survey) : { column });
  };

  const styles = useMemo(() => numberStyles(mapping, survey), [mapping, survey]);
  const asksStyle = styles.length !== 1;
  useEffect(() => {
    const [only] = styles;
    if (styles.length === 1 && only && styleKey(only) !== styleKey(mapping.numbers))
      setMapping((before) => ({ ...before, numbers: only }));
  }, [styles, mapping.numbers]);

  const use = () => {
    try {
      const parsed = parseMapping(mapping);
      if (parsed.dates === null && datesAsked(parsed)) {
        setProblem("Say first how the days are written.");
        return;
      }
      if (name.trim()) save.mutate({ name: name.trim(), document: { ...parsed } });
      onUse(parsed, name.trim() || null);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const field = /^fields\.([a-z_]+)/.exec(error.field)?.[1];
      setProblem(`${field ? fieldLabel(field) : error.field}: ${error.rule}.`);
    }
  };
  const [isAsked, setAsked] = useState(false);
  const datesAsked = (parsed: Mapping) => isAsked && parsed.dates === null;

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
        <DatesQuestion
          file={file.file}
          mapping={mapping}
          onFormat={(dates) => change({ dates })}
          onAsked={setAsked}
        />
        {asksStyle && (
          <Select
            label="Amounts are written"
            className="w-56"
            value={
              styles.some((style) => styleKey(style) === styleKey(mapping.numbers))
                ? styleKey(mapping.numbers)
                : null
            }
            problem={styles.length === 0 ? "some cells hold no number" : null}
            choices={styles.map((style) => ({
              value: styleKey(style),
              label: `1${style.thousands}054${style.decimal}50`,
              note: `${SIGNS[style.decimal]} before the cents, ${SIGNS[style.thousands]} between thousands`,
            }))}
            onChange={(key) => {
              const style = styles.find((one) => styleKey(one) === key);
              if (style) change({ numbers: style });
            }}
          />
        )}
      </div>
      <ul className="divide-y divide-line">
        {COLUMNS[kind].map((column) => (
          <FieldMapping
            key={column.name}
            kind={kind}
            column={column}
            source={mapping.fields[column.name] ?? null}
            survey={survey}
            onColumn={(name) => setColumn(column.name, name)}
            onChange={(source) => setField(column.name, source)}
          />
        ))}
      </ul>
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
          <Button look="primary" onPress={use}>
            Check the file with this
          </Button>
        </div>
      </div>
    </div>
  );
}
