import { refuse } from "@/lib/errors";
import { DELIMITERS, type Delimiter } from "@/lib/interchange/mapping";

/** One record of a CSV file. */
export interface CsvRecord {
  /** Line of the file on which the record begins; the header's is 1. */
  line: number;
  cells: string[];
  /** What is wrong with the record's quoting, or null; its cells are then not to be trusted. */
  fault: string | null;
}

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const LONGEST_RECORD = 1_000_000;

/**
 * Splits CSV text (RFC 4180; LF, CRLF or CR; a BOM tolerated) into records, chunk by chunk, so that
 * memory stays constant. Blank lines are passed over. A quote inside an unquoted cell is text. Pure: the
 * browser and the command line read with the same code. Source: imports.md, first paragraph.
 */
export class CsvSplitter {
  private rest = "";
  private line = 1;
  private begun = false;
  private readonly delimiterCode: number;

  constructor(delimiter: Delimiter = ",") {
    this.delimiterCode = delimiter.charCodeAt(0);
  }

  /** The records that `chunk` completes. Refuses a record longer than a million characters. */
  push(chunk: string): CsvRecord[] {
    return this.split(chunk, false);
  }

  /** The last record, when the file does not end in a line break. */
  end(): CsvRecord[] {
    return this.split("", true);
  }

  private split(chunk: string, last: boolean): CsvRecord[] {
    let text = this.rest + chunk;
    if (!this.begun && text.length > 0) {
      this.begun = true;
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    }
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < text.length) {
      const next = this.record(text, at, last, records);
      if (next < 0) break;
      at = next;
    }
    this.rest = text.slice(at);
    if (this.rest.length > LONGEST_RECORD)
      refuse("file", `line ${this.line}`, "a record is at most 1,000,000 characters; is a quote not closed?");
    return records;
  }

  /** Reads one record at `at` into `records`; where the next begins, or -1 when the text ends too early. */
  private record(text: string, at: number, last: boolean, records: CsvRecord[]): number {
    const cells: string[] = [];
    let fault: string | null = null;
    let breaks = 0;
    for (;;) {
      let end = at;
      if (text.charCodeAt(at) === QUOTE) {
        const close = closingQuote(text, at + 1);
        if (close < 0) {
          if (!last) return -1;
          // Its line is lost; what follows is read as if the quote were not there.
          fault = "a quote opened in this line is never closed";
          end = this.endOfLine(text, at);
          cells.push(text.slice(at, end));
        } else {
          if (close + 1 === text.length && !last) return -1;
          const quoted = text.slice(at + 1, close);
          cells.push(quoted.includes('"') ? quoted.replaceAll('""', '"') : quoted);
          breaks += lineBreaks(quoted);
          end = close + 1;
          const code = text.charCodeAt(end);
          if (end < text.length && code !== this.delimiterCode && code !== NEWLINE && code !== RETURN) {
            const lines = breaks > 0 ? `; lines ${this.line} to ${this.line + breaks} are lost in it` : "";
            fault = `text follows a closing quote${lines}`;
            end = this.endOfLine(text, end);
          }
        }
      } else {
        end = this.endOfCell(text, at);
        cells.push(text.slice(at, end));
      }
      if (end === text.length) {
        if (!last) return -1;
        at = end;
        break;
      }
      const code = text.charCodeAt(end);
      at = end + 1;
      if (code === this.delimiterCode) continue;
      if (code === RETURN) {
        if (at === text.length && !last) return -1;
        if (text.charCodeAt(at) === NEWLINE) at++;
      }
      breaks++;
      break;
    }
    if (fault !== null || cells.length > 1 || cells[0] !== "")
      records.push({ line: this.line, cells, fault });
    this.line += breaks;
    return at;
  }

  private endOfCell(text: string, at: number): number {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === this.delimiterCode || code === NEWLINE || code === RETURN) break;
    }
    return at;
  }

  private endOfLine(text: string, at: number): number {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE || code === RETURN) break;
    }
    return at;
  }
}

/** Position of the quote that closes a cell whose text begins at `at`; -1 when there is none. */
function closingQuote(text: string, at: number): number {
  for (let quote = text.indexOf('"', at); quote >= 0; quote = text.indexOf('"', quote + 2))
    if (text.charCodeAt(quote + 1) !== QUOTE) return quote;
  return -1;
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || (code === RETURN && text.charCodeAt(at + 1) !== NEWLINE)) count++;
  }
  return count;
}

/** The sign that stands most often in the first line outside of quotes; a line of `sep=;` says it. */
export function delimiterOf(firstLine: string): Delimiter {
  const bare = firstLine.replace(/^\uFEFF/, "").replace(/"[^"]*"/g, "");
  const told = /^\uFEFF?"?sep=(.)"?$/i.exec(firstLine)?.[1];
  if (told !== undefined && DELIMITERS.includes(told as Delimiter)) return told as Delimiter;
  const count = (sign: string) => bare.split(sign).length;
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Whether a file's first record only tells a spreadsheet what stands between the cells. */
export const isSepLine = ({ line, cells }: CsvRecord): boolean =>
  line === 1 && cells.length <= 2 && /^sep=.?$/i.test(cells[0] ?? "") && (cells[1] ?? "") === "";

const LONGEST_FIRST_LINE = 64 * 1024;

/**
 * The records of a file given in pieces, an array a piece. Bytes are UTF-8: a file in another encoding
 * is refused whole rather than read wrongly.
 *
 * @param delimiter null to find it in the first line
 */
export async function* readRecords(
  pieces: AsyncIterable<Uint8Array | string>,
  delimiter: Delimiter | null = null,
): AsyncGenerator<CsvRecord[]> {
  let splitter = delimiter === null ? null : new CsvSplitter(delimiter);
  let begun = "";
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (bytes?: Uint8Array) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      return refuse("file", null, "the file is not UTF-8 text; save it as CSV UTF-8");
    }
  };
  const push = (text: string, last: boolean): CsvRecord[] => {
    if (splitter) return splitter.push(text);
    begun += text;
    const end = begun.search(/[\r\n]/);
    if (end < 0 && !last && begun.length < LONGEST_FIRST_LINE) return [];
    splitter = new CsvSplitter(delimiterOf(end < 0 ? begun : begun.slice(0, end)));
    return splitter.push(begun);
  };
  for await (const piece of pieces) {
    const records = push(typeof piece === "string" ? piece : decode(piece), false);
    if (records.length > 0) yield records;
  }
  const records = [...push(decode(), true), ...((splitter as CsvSplitter | null)?.end() ?? [])];
  if (records.length > 0) yield records;
}
