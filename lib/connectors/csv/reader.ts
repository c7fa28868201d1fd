import { isRefusal, refuse } from "@/lib/errors";
import { DateDetector, type DateFormat, readDay } from "@/lib/interchange/dates";
import {
  COLUMNS,
  type Column,
  FirstLines,
  type InterchangeRow,
  type Kind,
  type RefusedRow,
} from "@/lib/interchange/kinds";
import { type ColumnSource, isNeeded, type Mapping } from "@/lib/interchange/mapping";
import { refusedRow } from "@/lib/interchange/read-row";
import { formatMajor, type NumberStyle, readMajor, readNumber, writtenIn } from "@/lib/money";
import { type CsvRecord, readRecords } from "./splitter";

/** A file as it is read, piece by piece: bytes in UTF-8 or text. */
export type Pieces = AsyncIterable<Uint8Array | string>;

/** What a piece of a file came to. */
export interface Reading {
  rows: InterchangeRow[];
  refused: RefusedRow[];
}

/**
 * Reads a file of the interchange format, or a foreign one through a mapping, into interchange rows; in
 * constant memory, but for the keys. Refuses the file whole for its header, its encoding or its days.
 *
 * @param zone the company's: an instant of a foreign file becomes a day in it (domain.md §9)
 * @param open opens the file from its beginning; called twice where the days' format must be found first
 */
export async function* readCsv(
  open: () => Pieces,
  kind: Kind,
  mapping: Mapping | null,
  zone: string,
): AsyncGenerator<Reading> {
  const dates = mapping ? (mapping.dates ?? (await findDates(open(), mapping, zone))) : "YYYY-MM-DD";
  const first = new FirstLines(kind);
  let read: ((record: CsvRecord) => InterchangeRow) | null = null;
  for await (const records of readRecords(open(), mapping?.delimiter)) {
    const reading: Reading = { rows: [], refused: [] };
    for (const record of records) {
      if (!read) {
        read = mapping ? mappedReader(record, mapping, { format: dates, zone }) : plainReader(record, kind);
        continue;
      }
      try {
        const row = read(record);
        const refusal = first.refusal(row);
        if (refusal) reading.refused.push(refusal);
        else reading.rows.push(row);
      } catch (error) {
        reading.refused.push(refusedRow(record.line, error));
      }
    }
    yield reading;
  }
  if (!read) refuse("header", "", "the file is empty; its first line names the columns");
}

/** The one format of the days that a mapping reads, or the refusal of the whole file (imports.md). */
export async function findDates(file: Pieces, mapping: Mapping, zone: string): Promise<DateFormat> {
  const detector = new DateDetector(zone);
  const columns = COLUMNS[mapping.kind]
    .filter(({ type }) => type === "day")
    .map(({ name }) => mapping.fields[name])
    .filter((source): source is ColumnSource => source !== undefined && "column" in source);
  let places: { column: string; at: number }[] | null = null;
  for await (const records of readRecords(file, mapping.delimiter)) {
    for (const { line, cells } of records) {
      if (!places) {
        const header = cells.map((cell) => cell.trim());
        places = columns.map(({ column }) => ({ column, at: header.indexOf(column) }));
        continue;
      }
      for (const { column, at } of places) detector.observe(cells[at]?.trim() ?? "", column, line);
    }
  }
  return detector.settle();
}

/** The header's names; refuses an unreadable one and a name that stands twice. */
export function headerOf({ cells, fault }: CsvRecord): string[] {
  if (fault) refuse("header", cells.join(","), fault);
  const names = cells.map((cell) => cell.trim());
  names.forEach((name, at) => {
    if (name !== "" && names.indexOf(name) !== at) refuse("header", name, "names two columns");
  });
  return names;
}

function plainReader(record: CsvRecord, kind: Kind): (record: CsvRecord) => InterchangeRow {
  const header = headerOf(record);
  const known = COLUMNS[kind].map(({ name }) => name);
  for (const name of header)
    if (!known.includes(name))
      refuse("header", name, `is not a column of ${kind}; a mapping can read this file`);
  for (const { name, required } of COLUMNS[kind])
    if (required && !header.includes(name)) refuse("header", name, `${kind} needs this column`);
  return (row) => {
    mustFit(row, header);
    const values: Record<string, string> = {};
    for (let at = 0; at < header.length; at++) values[header[at] as string] = row.cells[at] as string;
    return { line: row.line, values };
  };
}

function mustFit({ cells, fault }: CsvRecord, header: readonly string[]): void {
  if (fault) refuse("", cells.join(",").slice(0, 200), fault);
  if (cells.length !== header.length)
    refuse(
      "",
      cells.join(",").slice(0, 200),
      `has ${cells.length} cells where the header has ${header.length}`,
    );
}

function mappedReader(
  record: CsvRecord,
  mapping: Mapping,
  dates: Dates,
): (record: CsvRecord) => InterchangeRow {
  const header = headerOf(record);
  const fields: Field[] = [];
  for (const column of COLUMNS[mapping.kind]) {
    const source = mapping.fields[column.name];
    if (!source) continue;
    const constant = "constant" in source;
    const at = constant ? -1 : header.indexOf(source.column);
    if (!constant && at < 0)
      refuse("header", source.column, `the mapping of ${column.name} needs this column`);
    fields.push({ column, source: constant ? null : source, constant: constant ? source.constant : "", at });
  }
  // A field is read after the one that it depends on, an amount after its currency.
  fields.sort((a, b) => depth(a, fields) - depth(b, fields));
  return (row) => {
    mustFit(row, header);
    const values: Record<string, string> = {};
    for (const field of fields) values[field.column.name] = mapped(field, row, values, mapping, dates);
    return { line: row.line, values };
  };
}

/** How a file writes its days, and whose day an instant is of. */
interface Dates {
  format: DateFormat;
  zone: string;
}

interface Field {
  column: Column;
  /** Null for a constant. */
  source: ColumnSource | null;
  constant: string;
  at: number;
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

function mapped(
  { column, source, constant, at }: Field,
  row: CsvRecord,
  values: Readonly<Record<string, string>>,
  mapping: Mapping,
  dates: Dates,
): string {
  if (!source) return constant;
  if (source.when && !source.when.is.includes(values[source.when.field] ?? "")) return "";
  const cell = (row.cells[at] as string).trim();
  if (cell === "") {
    const translated = source.values && Object.hasOwn(source.values, "") ? source.values[""] : undefined;
    const value = translated ?? source.default;
    if (value === undefined && isNeeded(mapping.kind, column.name))
      refuse(column.name, "", `${source.column} is empty and the mapping has no default for it`);
    return value ?? "";
  }
  if (source.values) {
    if (Object.hasOwn(source.values, cell)) return source.values[cell] as string;
    return refuse(column.name, cell, `the mapping does not say what this value of ${source.column} means`);
  }
  switch (column.type) {
    case "day":
      return (
        readDay(cell, dates.format, dates.zone) ??
        refuse(column.name, cell, `is not a day written ${dates.format}`)
      );
    case "money":
      return moneyOf(column.name, cell, values.currency ?? "", mapping.numbers);
    case "number":
      return numberOf(column.name, cell, mapping.numbers);
    default:
      return cell;
  }
}

function moneyOf(field: string, cell: string, currency: string, style: NumberStyle): string {
  return formatMajor(readMajor(cell, currency, style, field), currency);
}

function numberOf(field: string, cell: string, style: NumberStyle): string {
  const { whole, decimals } =
    readNumber(cell, style) ?? refuse(field, cell, `a number is written ${writtenIn(style)}`);
  return decimals ? `${whole}.${decimals}` : whole;
}

/** The refusal of a whole file as one line of a report; any other error is thrown on. */
export function fileRefusal(error: unknown): RefusedRow {
  if (!isRefusal(error)) throw error;
  return refusedRow(1, error);
}
