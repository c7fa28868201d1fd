"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { TextField } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Column, Kind } from "@/lib/interchange/kinds";
import { type ColumnSource, type FieldSource, isNeeded } from "@/lib/interchange/mapping";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { choicesOf, type FieldChoice } from "./choices";
import { fieldLabel } from "./queue";
import type { ColumnSurvey, Survey } from "./survey";
import { ValuesMapping } from "./values-mapping";

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
};

const ALWAYS = "always";
const NOWHERE = "nowhere";
const columnKey = (name: string) => `column:${name}`;

interface Field {
  kind: Kind;
  name: string;
  label: string;
  /** Whether a row without it is refused. */
  isMust: boolean;
  /** What it may be; null for what is no choice. */
  choices: readonly FieldChoice[] | null;
}

/** One field of ours: where it comes from, what stands there, what its values mean. */
export function FieldMapping({
  kind,
  column: { name, type },
  source,
  survey,
  onColumn,
  onChange,
}: {
  kind: Kind;
  column: Column;
  source: FieldSource | null;
  survey: Survey;
  onColumn(name: string): void;
  onChange(source: FieldSource | null): void;
}) {
  const field: Field = {
    kind,
    name,
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
        {NOTES[name] && <p className="text-2xs text-ink-3">{NOTES[name]}</p>}
      </div>
      <ComesFrom field={field} source={source} survey={survey} onColumn={onColumn} onChange={onChange} />
      <div className="flex min-w-0 flex-col gap-2">
        {source && "constant" in source && (
          <Value
            label={`${field.label}, always`}
            choices={field.choices}
            value={source.constant}
            onChange={(constant) => onChange({ constant })}
          />
        )}
        {source && "column" in source && (
          <ColumnMapping field={field} source={source} survey={survey} onChange={onChange} />
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
  return (
    <Select
      label={`${label} comes from`}
      labelHidden
      placeholder={isMust ? "Which column?" : "Not in this file"}
      value={!source ? (isMust ? null : NOWHERE) : "column" in source ? columnKey(source.column) : ALWAYS}
      problem={isMust && !source ? "needs a column or a value" : null}
      choices={[
        ...survey.header.filter(Boolean).map((value) => ({ value: columnKey(value), label: value })),
        { value: ALWAYS, label: "Always the same value" },
        ...(isMust ? [] : [{ value: NOWHERE, label: "Not in this file" }]),
      ]}
      onChange={(key) => {
        if (key === NOWHERE) onChange(null);
        else if (key === ALWAYS) onChange({ constant: choices?.[0]?.value ?? "" });
        else onColumn(key.slice("column:".length));
      }}
    />
  );
}

/** What stands in the column, what its values mean, what its empty cells stand for. */
function ColumnMapping({
  field,
  source,
  survey,
  onChange,
}: {
  field: Field;
  source: ColumnSource;
  survey: Survey;
  onChange(source: FieldSource): void;
}) {
  const found = survey.columns.find((one) => one.name === source.column);
  if (!found) return null;
  const empties = survey.rows - found.filled;
  return (
    <>
      {!source.values && <Sample found={found} rows={survey.rows} />}
      {source.values && field.choices && (
        <ValuesMapping
          field={field.label}
          found={found}
          values={source.values}
          choices={field.choices}
          onChange={(values) => onChange({ ...source, values })}
        />
      )}
      {empties > 0 && field.isMust && (
        <Empty field={field} empties={empties} source={source} onChange={onChange} />
      )}
      {field.kind === "deals" && field.name === "closed_on" && (
        <Checkbox
          isSelected={source.when !== undefined}
          onChange={(only) => {
            const { when: _, ...bare } = source;
            onChange(only ? { ...bare, when: { field: "outcome", is: ["won", "lost"] } } : bare);
          }}
        >
          Only of won and lost deals: on open ones it is an expected day
        </Checkbox>
      )}
    </>
  );
}

function Sample({ found, rows }: { found: ColumnSurvey; rows: number }) {
  return (
    <p className="flex min-w-0 items-baseline gap-2 md:pt-1.5">
      <span className="min-w-0 truncate text-ink-2">
        {[...found.values.keys()].slice(0, 3).join(", ") || "nothing in any row"}
      </span>
      <span className="tabular shrink-0 text-ink-3 text-xs">
        {found.filled === rows ? "in every row" : `in ${thousands(found.filled)} of ${count(rows, "row")}`}
      </span>
    </p>
  );
}

/** What an empty cell of a needed field stands for. Without an answer its row is refused. */
function Empty({
  field: { name, label, choices },
  empties,
  source,
  onChange,
}: {
  field: Field;
  empties: number;
  source: ColumnSource;
  onChange(source: FieldSource): void;
}) {
  const said = `${count(empties, "row has", "rows have")} none`;
  if (name === "id") return <p className="text-warn text-xs">{said}: refused, for an id tells rows apart</p>;
  const has = source.default !== undefined;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <Checkbox
        isSelected={has}
        onChange={(on) => {
          const { default: _, ...bare } = source;
          onChange(on ? { ...bare, default: choices?.[0]?.value ?? "" } : bare);
        }}
      >
        <span className="text-ink-2">{said}:</span> {has ? "take" : "refused; take a value instead"}
      </Checkbox>
      {has && (
        <Value
          label={`${label} where the cell is empty`}
          choices={choices}
          value={source.default ?? ""}
          onChange={(value) => onChange({ ...source, default: value })}
        />
      )}
    </div>
  );
}

function Value({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly FieldChoice[] | null;
  value: string;
  onChange(value: string): void;
}) {
  if (choices && choices.length > 0)
    return (
      <Select
        label={label}
        labelHidden
        className="w-56"
        value={value}
        choices={choices}
        onChange={onChange}
      />
    );
  return (
    <TextField
      label={label}
      labelHidden
      className="w-56"
      value={value}
      onChange={onChange}
      placeholder="none"
    />
  );
}
