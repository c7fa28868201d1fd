"use client";

import { useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { Formats } from "@/lib/connectors/csv/find-formats";
import type { Column, Kind } from "@/lib/interchange/kinds";
import {
  type ColumnSource,
  columnsOf,
  type FieldSource,
  isNeeded,
  type Mapping,
} from "@/lib/interchange/mapping";
import { choicesOf } from "./choices";
import { ColumnMapping } from "./column-mapping";
import { type Field, FieldValue } from "./field-value";
import { fieldLabel } from "./queue";
import type { Survey } from "./survey";

const NOTES: Readonly<Record<string, string>> = {
  id: "The sender's own id; by it a later file updates the same row",
  deal_id: "Id of the deal, as in the file of deals",
  partner_id: "Id of the partner, as in the file of partners",
  owner: "The AE, by the name the CRM uses",
  amount: "In major units, 1054.00",
  currency: "ISO 4217, like USD",
  first_engaged_on: "Our own team's first touch, if it came before the partner's",
  recreated_from: "Id of the deal that this one formally replaces",
  parent_id: "Id of the partner that owns this one",
  programs: "Separated by a semicolon",
  touch_stage: "Stage at which the partner touched the deal",
  proof: "A link or the reference of a note",
  recorded_on: "When it was written down, so that backdating shows",
  confirmed_on: "When the AE confirmed it",
  quarter: "Fiscal, like 2026-Q1",
  stage: "Where the deal stands now; a file of stage history says more",
  stage_entered_on: "Since when; else an open deal is there from the day of the import",
};

const noteOf = (kind: Kind, name: string): string | undefined =>
  kind === "activities" && name === "owner" ? "Who looks after its next step, by mail address" : NOTES[name];

const ALWAYS = "always";
const NOWHERE = "nowhere";
const columnKey = (name: string) => `column:${name}`;
const columnIn = (key: string) => key.slice("column:".length);

/** One field of ours: where it comes from, what stands there and how it is written, what its values mean. */
export function FieldMapping({
  column,
  mapping,
  survey,
  formats,
  zone,
  onColumn,
  onChange,
  onMapping,
}: {
  column: Column;
  mapping: Mapping;
  survey: Survey;
  /** Null while the file is looked through. */
  formats: Formats | null;
  /** In which its instants become days. */
  zone: string;
  onColumn(name: string): void;
  onChange(source: FieldSource | null): void;
  onMapping(changes: Partial<Mapping>): void;
}) {
  const { kind } = mapping;
  const { name, type } = column;
  const source = mapping.fields[name] ?? null;
  const field: Field = {
    kind,
    column,
    label: fieldLabel(name),
    isMust: isNeeded(kind, name),
    choices: type === "choice" ? choicesOf(kind, name) : null,
  };
  return (
    <li className="grid gap-x-5 gap-y-1.5 px-4 py-2 md:grid-cols-[13rem_15rem_1fr]">
      <div className="min-w-0 md:pt-1.5">
        <p className="font-medium">
          {field.label}
          {!field.isMust && <span className="ml-1.5 font-normal text-ink-3 text-xs">optional</span>}
        </p>
        {noteOf(kind, name) && <p className="text-2xs text-ink-3">{noteOf(kind, name)}</p>}
      </div>
      <ComesFrom field={field} source={source} survey={survey} onColumn={onColumn} onChange={onChange} />
      <div className="flex min-w-0 flex-col gap-2">
        {source && "constant" in source && (
          <FieldValue
            label={`${field.label}, always`}
            choices={field.choices}
            value={source.constant}
            onChange={(constant) => onChange({ constant })}
          />
        )}
        {source && "column" in source && (
          <ColumnMapping
            field={field}
            source={source}
            mapping={mapping}
            survey={survey}
            formats={formats}
            zone={zone}
            onChange={onChange}
            onMapping={onMapping}
          />
        )}
      </div>
    </li>
  );
}

function ComesFrom({
  field: { label, isMust, choices },
  source,
  survey,
  onColumn,
  onChange,
}: {
  field: Field;
  source: FieldSource | null;
  survey: Survey;
  onColumn(name: string): void;
  onChange(source: FieldSource | null): void;
}) {
  const columns = [...new Set(survey.header)].filter(Boolean);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Select
        label={`${label} comes from`}
        labelHidden
        placeholder={isMust ? "Which column?" : "Not in this file"}
        value={!source ? (isMust ? null : NOWHERE) : "column" in source ? columnKey(source.column) : ALWAYS}
        problem={isMust && !source ? "needs a column or a value" : null}
        choices={[
          ...columns.map((value) => ({ value: columnKey(value), label: value })),
          { value: ALWAYS, label: "Always the same value" },
          ...(isMust ? [] : [{ value: NOWHERE, label: "Not in this file" }]),
        ]}
        onChange={(key) => {
          if (key === NOWHERE) onChange(null);
          else if (key === ALWAYS) onChange({ constant: choices?.[0]?.value ?? "" });
          else onColumn(columnIn(key));
        }}
      />
      {source && "column" in source && (
        <Others
          label={label}
          source={source}
          columns={columns}
          hasGaps={hasGaps(source, survey)}
          onChange={onChange}
        />
      )}
    </div>
  );
}

/** Whether rows may be left with nothing once all the columns are asked. */
const hasGaps = (source: ColumnSource, survey: Survey) =>
  columnsOf(source).every(
    (name) => (survey.columns.find((one) => one.name === name)?.filled ?? 0) < survey.rows,
  );

/** The columns that feed a field where those before them are empty: a day of winning, else of losing. */
function Others({
  label,
  source,
  columns,
  hasGaps,
  onChange,
}: {
  label: string;
  source: ColumnSource;
  columns: readonly string[];
  /** Some row has nothing in the columns so far. */
  hasGaps: boolean;
  onChange(source: FieldSource): void;
}) {
  const [isAsking, setAsking] = useState(false);
  const others = source.else ?? [];
  const free = columns.filter((name) => name !== source.column && !others.includes(name));
  const put = (next: readonly string[]) => {
    const { else: _, ...bare } = source;
    onChange(next.length > 0 ? { ...bare, else: [...next] } : bare);
  };
  return (
    <>
      {others.map((name) => (
        <p key={name} className="flex items-center gap-1.5 text-ink-2 text-xs">
          <span className="min-w-0 flex-1 truncate">
            else <span className="text-ink">{name}</span>
          </span>
          <IconButton
            label={`Do not take ${label.toLowerCase()} from ${name}`}
            icon="close"
            size="small"
            onPress={() => put(others.filter((one) => one !== name))}
          />
        </p>
      ))}
      {isAsking ? (
        <Select
          label={`Where it is empty, ${label.toLowerCase()} comes from`}
          labelHidden
          placeholder="Which other column?"
          value={null}
          choices={free.map((value) => ({ value: columnKey(value), label: value }))}
          onChange={(key) => {
            setAsking(false);
            put([...others, columnIn(key)]);
          }}
        />
      ) : (
        hasGaps &&
        free.length > 0 && (
          <Button size="small" look="quiet" className="self-start" onPress={() => setAsking(true)}>
            Where it is empty, another column
          </Button>
        )
      )}
    </>
  );
}
