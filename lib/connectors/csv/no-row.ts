import { thousands } from "@/lib/text/numbers";
import type { CsvRecord } from "./splitter";

/** What is no row of a file, and is told instead of refused. Source: imports.md, "What is no row". */

/** Something that whoever lands the file should know, and that refuses nothing. */
export interface Note {
  line: number;
  text: string;
}

const TOTAL = /^(?:(?:grand|sub)[ -]?)?totals?:?(?: \([^)]*\))?:?$|^(?:gesamt)?summe:?$/i;
/** More lines than a report ends with; so many are rows. */
const MOST_CLOSING = 50;
/** A line that only one cell of many has is no row of so wide a table. */
const NARROWEST = 3;

/** Tells rows from what spreadsheets and reports put between and after them, record by record. */
export class Sieve {
  private readonly blank = new Lines();
  private readonly early = new Lines();
  private readonly notes: Note[] = [];
  private held: CsvRecord[] = [];

  /** @param keyAt where the cell stands that a row is known by; -1 when no column has it */
  constructor(
    private readonly width: number,
    private readonly keyAt: number,
  ) {}

  note(line: number, text: string): void {
    this.notes.push({ line, text });
  }

  /** The records that are rows, now that `record` has come: none, it, or those held back before it as well. */
  rows(record: CsvRecord): CsvRecord[] {
    const { line, cells, fault } = record;
    if (fault === null && cells.every(isEmpty)) {
      this.blank.add(line);
      return [];
    }
    const fitted = fault === null ? this.fitted(record) : record;
    if (fault === null && this.mayClose(cells)) {
      this.held.push(fitted);
      return this.held.length > MOST_CLOSING ? this.release() : [];
    }
    return [...this.release(), fitted];
  }

  /** What was passed over, once the file has ended: what is still held back were its closing lines. */
  end(): Note[] {
    const closing = new Lines();
    for (const { line } of this.held) closing.add(line);
    const told = [
      this.blank.told(
        "of nothing but separators was passed over",
        "of nothing but separators were passed over",
      ),
      this.early.told("ends early and was read with empty cells", "end early and were read with empty cells"),
      closing.told("after the last of data was passed over", "after the last of data were passed over"),
    ];
    return [...this.notes, ...told.filter((note) => note !== null)];
  }

  private release(): CsvRecord[] {
    const released = this.held.map((record) =>
      isTotal(record.cells) ? { ...record, fault: "looks like a total, and rows follow it" } : record,
    );
    this.held = [];
    return released;
  }

  /** Cells that end early are empty ones, and empty ones too many are none. */
  private fitted(record: CsvRecord): CsvRecord {
    const { cells, line } = record;
    if (cells.length === this.width) return record;
    if (cells.length < this.width) {
      if (!this.mayClose(cells)) this.early.add(line);
      return { ...record, cells: [...cells, ...Array<string>(this.width - cells.length).fill("")] };
    }
    if (cells.slice(this.width).every((cell) => cell.trim() === ""))
      return { ...record, cells: cells.slice(0, this.width) };
    return record;
  }

  private mayClose(cells: readonly string[]): boolean {
    if (this.width < NARROWEST || cells.length > this.width) return false;
    let filled = 0;
    let first = -1;
    for (let at = 0; at < cells.length; at++) {
      if (isEmpty(cells[at] as string)) continue;
      if (filled++ === 0) first = at;
      // A row like any other, as nearly all are: two cells that are filled, of which none tells a total.
      else if (filled === 2 && !TOTAL.test((cells[first] as string).trim())) return false;
    }
    const key = cells[this.keyAt]?.trim() ?? "";
    if (key !== "" && first !== this.keyAt) return false;
    return filled === 1 || isTotal(cells);
  }
}

const SPACE = 32;

/** Nothing but blanks; a cell that begins with a letter or a digit is not looked through. */
function isEmpty(cell: string): boolean {
  if (cell === "") return true;
  const code = cell.charCodeAt(0);
  return (code <= SPACE || code > 126) && cell.trim() === "";
}

const isTotal = (cells: readonly string[]) =>
  TOTAL.test(cells.find((cell) => cell.trim() !== "")?.trim() ?? "");

/** Lines of one sort: how many, and the first of them. */
class Lines {
  private count = 0;
  private readonly first: number[] = [];

  add(line: number): void {
    this.count++;
    if (this.first.length < 5) this.first.push(line);
  }

  told(one: string, many: string): Note | null {
    const [line] = this.first;
    if (line === undefined) return null;
    const more =
      this.count > this.first.length ? ` and ${thousands(this.count - this.first.length)} more` : "";
    const text =
      this.count === 1
        ? `one line ${one} (line ${line})`
        : `${thousands(this.count)} lines ${many} (lines ${this.first.join(", ")}${more})`;
    return { line, text };
  }
}
