import { Sieve } from "@/lib/connectors/csv/no-row";
import { headerOf } from "@/lib/connectors/csv/reader";
import { delimiterOf, isSepLine, readRecords } from "@/lib/connectors/csv/splitter";
import { refuse } from "@/lib/errors";
import type { Delimiter } from "@/lib/interchange/mapping";

/** Small enough that one piece is read, split and looked at between two frames. */
const PIECE = 64 * 1024;
/** Different values of a column that are remembered; more than people translate by hand. */
export const MOST_VALUES = 200;

export interface ColumnSurvey {
  name: string;
  /** Rows with something in the cell. */
  filled: number;
  /** Each different value, trimmed and not empty, with how often it stands there, in order of appearance. */
  values: ReadonlyMap<string, number>;
  /** There are more different values than were remembered. */
  more: boolean;
}

/** What one pass over a file finds; it decides nothing. */
export interface Survey {
  delimiter: Delimiter;
  header: readonly string[];
  rows: number;
  columns: readonly ColumnSurvey[];
}

/** A file as the reader takes it, piece by piece; the page can answer between any two. */
export async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += PIECE) {
    yield new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    await breathe();
  }
}

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

interface Found {
  filled: number;
  values: Map<string, number>;
  more: boolean;
}

function note(column: Found, text: string): void {
  if (text === "") return;
  column.filled++;
  const seen = column.values.get(text);
  if (seen !== undefined) column.values.set(text, seen + 1);
  else if (column.values.size < MOST_VALUES) column.values.set(text, 1);
  else column.more = true;
}

/** Reads a file once. Refuses it whole when it is empty, not UTF-8, or its header cannot be read. */
export async function surveyFile(file: Blob): Promise<Survey> {
  const start = await file.slice(0, 64 * 1024).text();
  const delimiter = delimiterOf(start.split(/\r|\n/, 1)[0] ?? "");
  let header: string[] | null = null;
  let rows = 0;
  const found: Found[] = [];
  let sieve: Sieve | null = null;
  for await (const records of readRecords(piecesOf(file), delimiter)) {
    for (const record of records) {
      if (isSepLine(record)) continue;
      if (!header || !sieve) {
        header = headerOf(record);
        sieve = new Sieve(header.length, -1);
        for (const _ of header) found.push({ filled: 0, values: new Map(), more: false });
        continue;
      }
      for (const { cells } of sieve.rows(record)) {
        rows++;
        for (const [at, column] of found.entries()) note(column, cells[at]?.trim() ?? "");
      }
    }
  }
  if (!header) return refuse("header", "", "the file is empty; its first line names the columns");
  const columns = header.map((name, at) => ({ name, ...found[at]! }));
  return { delimiter, header, rows, columns };
}
