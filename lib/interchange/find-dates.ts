import type { Day } from "@/lib/attribution/facts";
import { type Clocks, type DateFormat, partsIn, readMoment } from "./dates";

/** A day that a cell comes to in a format. */
export interface DateReading {
  format: DateFormat;
  day: Day;
}

/** What all cells of a column say of how its days are written. */
export type FoundDates =
  /** One way reads them; `text` is the first of them. */
  | { at: "found"; format: DateFormat; text: string; day: Day }
  /** `text` has two readings that differ, and no other cell settles which. */
  | { at: "ambiguous"; text: string; line: number; readings: DateReading[] }
  /** No one way reads them all: `text` is written another way than those before it. */
  | {
      at: "mixed";
      text: string;
      line: number;
      before: { text: string; format: DateFormat };
      format: DateFormat;
    }
  /** Something stands there that is no day in any known way; `text` is the first of it. */
  | { at: "none"; text: string; line: number }
  | { at: "empty" };

interface Cell {
  text: string;
  line: number;
}

const MONTH_NAME = "[A-Za-z]{3,9}\\.?";
const NUMERIC = new RegExp(`^(\\d{1,4})([-/. ])(\\d{1,2}|${MONTH_NAME})\\2(\\d{1,4})(?!\\d)`);
const NAMED = new RegExp(`^(${MONTH_NAME}) (\\d{1,2})(,?) (\\d{4})(?!\\d)`);
const PACKED = /^\d{8}(?!\d)/;
const TIME =
  /^(T|,? )(\d{1,2}):\d{2}(:\d{2}(?:[.,]\d+)?)?(?:( ?)[AaPp]\.?[Mm]\.?)?(?:( ?)(?:(Z|[+-]\d{2}(?::?\d{2})?)|([A-Z]{3,4}|[A-Z][a-z]+\/[A-Za-z_]+)))?$/;

/** Formats that `text` may be written in, as its shape alone says: those of which one could be taken for another. */
export function formatsOf(text: string): DateFormat[] {
  const date = datesOf(text.replaceAll("\u202f", " ").replaceAll("\u00a0", " "));
  if (!date) return [];
  const time = timeOf(text.slice(date.length).replaceAll("\u202f", " ").replaceAll("\u00a0", " "));
  return time === null ? [] : date.formats.map((format) => format + time);
}

function datesOf(text: string): { formats: DateFormat[]; length: number } | null {
  const packed = PACKED.exec(text);
  if (packed) return { formats: ["YYYYMMDD"], length: 8 };
  const named = NAMED.exec(text);
  if (named) return { formats: [`MMM D${named[3]} YYYY`], length: named[0].length };
  const [all, first = "", sign = "", second = "", third = ""] = NUMERIC.exec(text) ?? [];
  if (all === undefined || first.length === 3 || third.length === 3) return null;
  const month = /^\d/.test(second) ? "M" : "MMM";
  const orders: string[][] = [];
  if (first.length === 4) {
    if (third.length === 2 || third.length === 1) orders.push(["YYYY", month, "D"]);
  } else if (third.length === 1) return null;
  else if (month === "MMM") orders.push(["D", month, third.length === 4 ? "YYYY" : "YY"]);
  else {
    const year = third.length === 4 ? "YYYY" : "YY";
    orders.push(["D", "M", year], ["M", "D", year]);
    // With other signs nobody writes two digits of a year first.
    if (sign === "-" && year === "YY" && first.length === 2) orders.push(["YY", "M", "D"]);
  }
  return { formats: orders.map((order) => order.join(sign)), length: all.length };
}

/** How the rest of a cell writes its time; null when it is none, nothing when there is no rest. */
function timeOf(rest: string): string | null {
  if (rest === "") return "";
  const [, sign, , seconds, beforeNoon, beforeZone = "", offset, place] = TIME.exec(rest) ?? [];
  if (sign === undefined) return null;
  const isHalf = beforeNoon !== undefined;
  const zone = offset ? `${beforeZone}Z` : place ? `${beforeZone}z` : "";
  return `${sign}${isHalf ? "h" : "H"}:mm${seconds ? ":ss" : ""}${isHalf ? `${beforeNoon}A` : ""}${zone}`;
}

/**
 * Finds the one format of a column's days from all its cells. A value with two readings that differ is an answer only
 * where another cell has one of them alone: a date format is never guessed (imports.md).
 */
export class DateFinder {
  /** The formats that have read every day so far; null before the first. */
  private live: DateFormat[] | null = null;
  private first: Cell | null = null;
  private stray: Cell | null = null;
  private mixed: FoundDates | null = null;
  /** The first cell that a pair of formats reads as different days. */
  private readonly apart = new Map<string, Cell>();
  private isPadded = true;

  /** @param clocks what days are told by */
  constructor(private readonly clocks: Clocks) {}

  /** Takes note of one cell; an empty one says nothing. */
  observe(text: string, line: number): void {
    if (text === "" || this.mixed) return;
    if (this.live?.length === 1 && partsIn(text, this.live[0] as string)) {
      this.notePadding(text);
      return;
    }
    const days = new Map<DateFormat, Day>();
    for (const format of formatsOf(text)) {
      const day = partsIn(text, format)?.day;
      if (day) days.set(format, day);
    }
    if (days.size === 0) {
      this.stray ??= { text, line };
      return;
    }
    this.notePadding(text);
    const live = this.live?.filter((format) => days.has(format)) ?? [...days.keys()];
    if (live.length === 0) {
      const before = { text: this.first?.text ?? "", format: this.shown(this.live?.[0] as string) };
      this.mixed = { at: "mixed", text, line, before, format: this.shown([...days.keys()][0] as string) };
      return;
    }
    this.first ??= { text, line };
    this.live = live;
    for (const one of live)
      for (const other of live) {
        const pair = `${one}\u001f${other}`;
        if (days.get(one) !== days.get(other) && !this.apart.has(pair)) this.apart.set(pair, { text, line });
      }
  }

  /** What the cells that were observed come to. */
  settle(): FoundDates {
    if (this.mixed) return this.mixed;
    if (!this.live || !this.first) return this.stray ? { at: "none", ...this.stray } : { at: "empty" };
    for (const one of this.live)
      for (const other of this.live) {
        const cell = this.apart.get(`${one}\u001f${other}`);
        if (!cell) continue;
        const readings = this.live.map((format) => this.reading(cell.text, format));
        return { at: "ambiguous", ...cell, readings: readings.filter(({ day }) => day !== "") };
      }
    const { format, day } = this.reading(this.first.text, this.live[0] as string);
    return { at: "found", format, text: this.first.text, day };
  }

  private reading(text: string, format: DateFormat): DateReading {
    return { format: this.shown(format), day: readMoment(text, format, this.clocks)?.day ?? "" };
  }

  private notePadding(text: string): void {
    if (this.isPadded && /(?:^|\D)\d(?:\D|$)/.test(text)) this.isPadded = false;
  }

  /** A year that comes first is written with its zeros, and so are hours, where all cells have them. */
  private shown(format: DateFormat): DateFormat {
    if (!this.isPadded) return format;
    const hours = format.replace(/\bH(?=:)/, "HH").replace(/([T ])H(?=:)/, "$1HH");
    return hours.startsWith("YYYY") ? hours.replace(/M([-/. ])D(?!D)/, "MM$1DD") : hours;
  }
}
