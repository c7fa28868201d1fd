import { isRefusal, refuse } from "@/lib/errors";
import {
  COLUMNS,
  FirstLines,
  type InterchangeRow,
  type Kind,
  keyOf,
  type RefusedRow,
} from "@/lib/interchange/kinds";
import { columnsOf, type Mapping } from "@/lib/interchange/mapping";
import { refusedRow } from "@/lib/interchange/read-row";
import { type Formats, findFormats, formatsInWords, mustBeSaid } from "./find-formats";
import { leaver, mappedReader } from "./mapped-row";
import { type Note, Sieve } from "./no-row";
import { type CsvRecord, isSepLine, readRecords } from "./splitter";

/** A file as it is read, piece by piece: bytes in UTF-8 or text. */
export type Pieces = AsyncIterable<Uint8Array | string>;

/** What a piece of a file came to. */
export interface Reading {
  rows: InterchangeRow[];
  refused: RefusedRow[];
  /** How many rows the mapping leaves out. */
  leftOut: number;
  /** How its columns were found to be written, and what was no row. */
  notes: Note[];
}

export const nothingRead = (): Reading => ({ rows: [], refused: [], leftOut: 0, notes: [] });

/**
 * Reads a file of the interchange format, or a foreign one through a mapping, into interchange rows; in
 * constant memory, but for the keys. Refuses the file whole for its header, its encoding or its days.
 *
 * @param zone the company's: an instant of a foreign file becomes a day in it (domain.md §9) unless its mapping says
 * @param open opens the file from its beginning; called twice where its formats must be found first
 * @param given the formats, of rows that are of another file
 */
export async function* readCsv(
  open: () => Pieces,
  kind: Kind,
  mapping: Mapping | null,
  zone: string,
  given?: Formats | null,
): AsyncGenerator<Reading> {
  const formats = given ?? (mapping && (await findFormats(open(), mapping, zone)));
  if (mapping && formats && !given) {
    mustBeSaid(formats);
    const notes = formatsInWords(formats, mapping.zone ?? zone).map((text) => ({ line: 1, text }));
    if (notes.length > 0) yield { ...nothingRead(), notes };
  }
  const first = new FirstLines(kind);
  const begin = (record: CsvRecord): Table => {
    const header = headerOf(record);
    if (!mapping || !formats) return { ...plainTable(header, kind), leavesOut: () => false };
    const [key] = columnsOf(mapping.fields[keyOf(kind)]);
    return {
      header,
      sieve: new Sieve(header.length, key === undefined ? -1 : header.indexOf(key)),
      read: mappedReader(header, { mapping, formats, zone }),
      leavesOut: leaver(header, mapping),
    };
  };
  let table: Table | null = null;
  let sep: string | null = null;
  for await (const records of readRecords(open(), mapping?.delimiter)) {
    const reading = nothingRead();
    for (const record of records) {
      if (isSepLine(record)) sep = record.cells.join("");
      else if (!table) {
        table = begin(record);
        if (sep !== null)
          table.sieve.note(1, "the line that tells a spreadsheet what stands between cells was passed over");
      } else for (const row of table.sieve.rows(record)) take(reading, row, table, first);
    }
    yield reading;
  }
  if (!table) refuse("header", "", "the file is empty; its first line names the columns");
  yield { ...nothingRead(), notes: table.sieve.end() };
}

/** A file whose header was read. */
interface Table {
  header: readonly string[];
  sieve: Sieve;
  read(record: CsvRecord): InterchangeRow;
  leavesOut(record: CsvRecord): boolean;
}

function take(reading: Reading, record: CsvRecord, table: Table, first: FirstLines): void {
  try {
    mustFit(record, table.header);
    if (table.leavesOut(record)) {
      reading.leftOut++;
      return;
    }
    const row = table.read(record);
    const refusal = first.refusal(row);
    if (refusal) reading.refused.push(refusal);
    else reading.rows.push(row);
  } catch (error) {
    reading.refused.push(refusedRow(record.line, error));
  }
}

/** The names of a header's columns. */
export function headerOf({ cells, fault }: CsvRecord): string[] {
  if (fault) refuse("header", cells.join(","), fault);
  return cells.map((cell) => cell.trim());
}

function plainTable(header: readonly string[], kind: Kind): Omit<Table, "leavesOut"> {
  const known = COLUMNS[kind].map(({ name }) => name);
  for (const [at, name] of header.entries()) {
    if (!known.includes(name))
      refuse("header", name, `is not a column of ${kind}; a mapping can read this file`);
    if (header.indexOf(name) !== at) refuse("header", name, "names two columns");
  }
  for (const { name, required } of COLUMNS[kind])
    if (required && !header.includes(name)) refuse("header", name, `${kind} needs this column`);
  const read = (row: CsvRecord) => {
    const values: Record<string, string> = {};
    for (const [at, name] of header.entries()) values[name] = row.cells[at] as string;
    return { line: row.line, values };
  };
  return { header, sieve: new Sieve(header.length, header.indexOf(keyOf(kind))), read };
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

/** The refusal of a whole file as one line of a report; any other error is thrown on. */
export function fileRefusal(error: unknown): RefusedRow {
  if (!isRefusal(error)) throw error;
  return refusedRow(1, error);
}
