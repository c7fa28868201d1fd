import { isCurrency } from "@/lib/currencies";
import { refuse } from "@/lib/errors";
import { amountOf, decimalOf, type FoundNumbers } from "@/lib/interchange/amounts";
import { readMoment } from "@/lib/interchange/dates";
import { COLUMNS, type Column, type InterchangeRow } from "@/lib/interchange/kinds";
import { type ColumnSource, columnsOf, isNeeded, type Mapping } from "@/lib/interchange/mapping";
import { unmappedRule } from "@/lib/interchange/unmapped";
import { type NumberStyle, PLAIN, readNumber, writtenIn } from "@/lib/money";
import type { Formats } from "./find-formats";
import type { CsvRecord } from "./splitter";

/** What reading a foreign file goes by. */
export interface MappedBy {
  mapping: Mapping;
  formats: Formats;
  /** The company's. */
  zone: string;
}

interface Field {
  column: Column;
  /** Null for a constant. */
  source: ColumnSource | null;
  constant: string;
  /** Where its columns stand. */
  at: number[];
}

/** Reads rows of a foreign file into the interchange format. Refuses the file whose header lacks a column. */
export function mappedReader(header: readonly string[], by: MappedBy): (record: CsvRecord) => InterchangeRow {
  const { mapping } = by;
  const fields: Field[] = [];
  for (const column of COLUMNS[mapping.kind]) {
    const source = mapping.fields[column.name];
    if (!source) continue;
    const at = columnsOf(source).map((name) => placeOf(header, name, `the mapping of ${column.name}`));
    const constant = "constant" in source;
    fields.push({ column, source: constant ? null : source, constant: constant ? source.constant : "", at });
  }
  // A field is read after the one that it depends on, an amount after its currency.
  fields.sort((a, b) => depth(a, fields) - depth(b, fields));
  return (row) => {
    const values: Record<string, string> = {};
    for (const field of fields) values[field.column.name] = read(field, row, values, by);
    return { line: row.line, values };
  };
}

/** Whether a row is one that the mapping leaves out. */
export function leaver(header: readonly string[], { leaveOut }: Mapping): (record: CsvRecord) => boolean {
  const places = leaveOut.map(({ column, is }) => ({ at: placeOf(header, column, "what is left out"), is }));
  return ({ cells }) => places.some(({ at, is }) => is.includes(cells[at]?.trim() ?? ""));
}

/** Where a column stands that is read; one that is not there, or there twice, refuses the file. */
function placeOf(header: readonly string[], name: string, what: string): number {
  const at = header.indexOf(name);
  if (at < 0) refuse("header", name, `${what} needs this column`);
  if (header.indexOf(name, at + 1) >= 0) refuse("header", name, `names two columns, and ${what} reads it`);
  return at;
}

function depth(field: Field, fields: readonly Field[], below = 0): number {
  if (below > fields.length)
    return refuse(`fields.${field.column.name}.when`, null, "fields wait for each other in a circle");
  const waitsFor = [field.source?.when?.field, field.column.type === "money" ? "currency" : undefined];
  let deepest = 0;
  for (const other of fields)
    if (waitsFor.includes(other.column.name))
      deepest = Math.max(deepest, 1 + depth(other, fields, below + 1));
  return deepest;
}

function read(
  { column, source, constant, at }: Field,
  row: CsvRecord,
  values: Readonly<Record<string, string>>,
  by: MappedBy,
): string {
  if (!source) return constant;
  if (source.when && !source.when.is.includes(values[source.when.field] ?? "")) return source.default ?? "";
  let isTold = false;
  for (const [nth, place] of at.entries()) {
    const cell = row.cells[place]?.trim() ?? "";
    const meant = source.values && Object.hasOwn(source.values, cell) ? source.values[cell] : undefined;
    if (meant !== undefined && meant !== "") return meant;
    // A translation to nothing says that there is none, which an empty cell does not.
    if (meant === "") isTold = true;
    else if (cell !== "") return readCell(column, source, columnsOf(source)[nth] as string, cell, values, by);
  }
  if (source.default !== undefined) return source.default;
  if (!isTold && isNeeded(by.mapping.kind, column.name))
    refuse(
      column.name,
      "",
      `${columnsOf(source).join(" or ")} is empty and the mapping has no default for it`,
    );
  return "";
}

function readCell(
  column: Column,
  source: ColumnSource,
  name: string,
  cell: string,
  values: Readonly<Record<string, string>>,
  by: MappedBy,
): string {
  switch (column.type) {
    case "choice":
      if (!source.values) return cell;
      return refuse(column.name, cell, unmappedRule(name));
    case "day":
      return dayOf(column, source, name, cell, by);
    case "money": {
      const style = styleOf(column.name, cell, by);
      return amountOf(column.name, cell, values.currency ?? "", style);
    }
    case "number":
      return decimalOf(column.name, cell, styleOf(column.name, cell, by));
    default:
      return column.name === "currency" && isCurrency(cell.toUpperCase()) ? cell.toUpperCase() : cell;
  }
}

function dayOf(
  column: Column,
  source: ColumnSource,
  name: string,
  cell: string,
  { mapping, formats, zone }: MappedBy,
): string {
  const found = formats.dates.get(name);
  const format = source.format ?? mapping.dates ?? (found?.at === "found" ? found.format : null);
  if (format === null) {
    const first = found?.at === "none" ? `; its first cell is “${found.text}”` : "";
    return refuse(column.name, cell, `no date format was found for ${name}${first}: say one in the mapping`);
  }
  const clocks = { zone: mapping.zone ?? zone, timesIn: source.timesIn ?? null };
  const moment = readMoment(cell, format, clocks);
  if (!moment) return refuse(column.name, cell, `is not a day written ${format}`);
  return column.isTimed && moment.time !== null ? `${moment.day}T${moment.time}` : moment.day;
}

/** The file's way of writing numbers; where nobody says it, a cell that has two readings is never guessed. */
function styleOf(field: string, cell: string, { mapping, formats: { numbers } }: MappedBy): NumberStyle {
  if (mapping.numbers) return mapping.numbers;
  if (numbers.at === "found") return numbers.style;
  if (numbers.at !== "ambiguous") return PLAIN;
  return settled(field, cell, numbers);
}

function settled(
  field: string,
  cell: string,
  { styles }: Extract<FoundNumbers, { at: "ambiguous" }>,
): NumberStyle {
  const digits = /\d(?:.*\d)?/.exec(cell)?.[0] ?? "";
  const readings = styles.flatMap((style) => {
    const number = readNumber(digits, style);
    return number ? [{ style, value: `${number.whole}.${number.decimals}` }] : [];
  });
  if (new Set(readings.map(({ value }) => value)).size > 1)
    refuse(
      field,
      cell,
      `can be written ${readings.map(({ style }) => writtenIn(style)).join(" or ")}: say in the mapping which ("numbers")`,
    );
  return readings[0]?.style ?? PLAIN;
}
