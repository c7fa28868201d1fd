"use client";

import { Checkbox } from "@/components/ui/checkbox";
import type { Formats } from "@/lib/connectors/csv/find-formats";
import {
  type ColumnSource,
  columnsOf,
  type FieldSource,
  type LeftOut,
  type Mapping,
} from "@/lib/interchange/mapping";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { DayFormat } from "./day-format";
import { type Field, FieldValue } from "./field-value";
import { NothingWords } from "./nothing-words";
import { NumberFormat } from "./number-format";
import type { ColumnSurvey, Survey } from "./survey";
import { ValuesMapping } from "./values-mapping";

interface Mapped {
  field: Field;
  source: ColumnSource;
  mapping: Mapping;
  survey: Survey;
  formats: Formats | null;
  zone: string;
  onChange(source: FieldSource): void;
  onMapping(changes: Partial<Mapping>): void;
}

/** What stands in a field's column, how it is written, what its values mean and its empty cells stand for. */
export function ColumnMapping({ formats, zone, mapping, onMapping, ...mapped }: Mapped) {
  const { field, source, survey, onChange } = mapped;
  const found = survey.columns.find((one) => one.name === source.column);
  if (!found) return null;
  const empties = survey.rows - found.filled;
  return (
    <>
      {!field.choices && <Sample found={found} rows={survey.rows} />}
      {field.choices && (
        <ValuesMapping
          field={field.label}
          found={found}
          values={source.values ?? {}}
          leftOut={leftOutOf(mapping, found.name)}
          choices={field.choices}
          canBeNothing={!field.isMust}
          onChange={(values) => onChange({ ...source, values })}
          onLeaveOut={(is) => onMapping({ leaveOut: leaving(mapping, found.name, is) })}
        />
      )}
      {!field.choices && (
        <NothingWords
          found={found}
          values={source.values}
          onChange={(values) => {
            const { values: _, ...bare } = source;
            onChange(values ? { ...bare, values } : bare);
          }}
        />
      )}
      <Written formats={formats} zone={zone} mapping={mapping} onMapping={onMapping} {...mapped} />
      {empties > 0 && field.isMust && !source.else && (
        <Empty field={field} empties={empties} source={source} onChange={onChange} />
      )}
      {field.kind === "deals" && field.column.name === "closed_on" && (
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

/** How days and numbers are written in it. */
function Written({ field, source, mapping, formats, zone, onMapping }: Mapped) {
  switch (field.column.type) {
    case "day":
      return columnsOf(source).map((column) => (
        <DayFormat
          key={column}
          column={column}
          format={source.format ?? mapping.dates}
          found={formats ? (formats.dates.get(column) ?? { at: "empty" }) : null}
          zone={zone}
          timesIn={source.timesIn ?? null}
          onFormat={(format) => onMapping({ fields: withFormat(mapping.fields, column, format) })}
        />
      ));
    case "money":
    case "number":
      return (
        <NumberFormat
          column={source.column}
          numbers={mapping.numbers}
          found={formats?.numbers ?? null}
          onNumbers={(numbers) => onMapping({ numbers })}
        />
      );
    default:
      return null;
  }
}

/** A format is its column's: every field that reads the column goes by it. */
function withFormat(fields: Mapping["fields"], column: string, format: string | null): Mapping["fields"] {
  return Object.fromEntries(
    Object.entries(fields).map(([name, source]) => {
      if (!("column" in source) || !columnsOf(source).includes(column)) return [name, source];
      const { format: _, ...bare } = source;
      return [name, format === null ? bare : { ...bare, format }];
    }),
  );
}

const leftOutOf = ({ leaveOut }: Mapping, column: string): readonly string[] =>
  leaveOut.find((one) => one.column === column)?.is ?? [];

/** What is left out, once these values of a column are. */
function leaving({ leaveOut }: Mapping, column: string, is: readonly string[]): LeftOut[] {
  const others = leaveOut.filter((one) => one.column !== column);
  return is.length > 0 ? [...others, { column, is: [...is] }] : others;
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
  field: { column, label, choices },
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
  if (column.name === "id")
    return <p className="text-warn text-xs">{said}: refused, for an id tells rows apart</p>;
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
        <FieldValue
          label={`${label} where the cell is empty`}
          choices={choices}
          value={source.default ?? ""}
          onChange={(value) => onChange({ ...source, default: value })}
        />
      )}
    </div>
  );
}
