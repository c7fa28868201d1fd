import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { type FoundNumbers, NumberFinder } from "@/lib/interchange/amounts";
import { hasTime, isInstantFormat } from "@/lib/interchange/dates";
import { DateFinder, type FoundDates } from "@/lib/interchange/find-dates";
import { COLUMNS } from "@/lib/interchange/kinds";
import { type ColumnSource, columnsOf, type Mapping } from "@/lib/interchange/mapping";
import { writtenIn } from "@/lib/money";
import { dayInWords, placeOf } from "@/lib/text/days";
import { isSepLine, readRecords } from "./splitter";

/** What a file says of how its columns are written, where its mapping does not. */
export interface Formats {
  /** By the column's name. */
  dates: ReadonlyMap<string, FoundDates>;
  numbers: FoundNumbers;
}

interface Watched {
  column: string;
  /** Values that mean something else, or nothing. */
  values: ColumnSource["values"];
  finder: { observe(text: string, line: number): void };
  /** The finder, where the column holds days. */
  days: DateFinder | null;
}

/** Looks through a file, once, for what the mapping leaves open of days and numbers; asks nothing, decides nothing. */
export async function findFormats(
  file: AsyncIterable<Uint8Array | string>,
  mapping: Mapping,
  zone: string,
): Promise<Formats> {
  const numbers = new NumberFinder();
  const watched = watchedIn(mapping, mapping.zone ?? zone, numbers);
  if (watched.length > 0) await look(file, mapping, watched);
  const dates = new Map<string, FoundDates>();
  for (const { column, days } of watched) if (days) dates.set(column, days.settle());
  return { dates, numbers: numbers.settle() };
}

function watchedIn(mapping: Mapping, zone: string, numbers: NumberFinder): Watched[] {
  const watched: Watched[] = [];
  for (const { name, type } of COLUMNS[mapping.kind]) {
    const source = mapping.fields[name];
    if (!source || !("column" in source)) continue;
    for (const column of columnsOf(source)) {
      const { values, timesIn = null } = source;
      if (type === "day" && !source.format && !mapping.dates)
        watched.push(ofDays(column, values, new DateFinder({ zone, timesIn })));
      if ((type === "money" || type === "number") && !mapping.numbers)
        watched.push({ column, values, finder: numbers, days: null });
    }
  }
  return watched;
}

const ofDays = (column: string, values: ColumnSource["values"], days: DateFinder): Watched => ({
  column,
  values,
  finder: days,
  days,
});

async function look(
  file: AsyncIterable<Uint8Array | string>,
  { delimiter }: Mapping,
  watched: readonly Watched[],
): Promise<void> {
  let places: number[] | null = null;
  for await (const records of readRecords(file, delimiter)) {
    for (const record of records) {
      if (isSepLine(record)) continue;
      const { line, cells } = record;
      if (!places) {
        const header = cells.map((cell) => cell.trim());
        places = watched.map(({ column }) => header.indexOf(column));
        continue;
      }
      for (const [at, { values, finder }] of watched.entries()) {
        const text = cells[places[at] as number]?.trim() ?? "";
        if (!values || !Object.hasOwn(values, text)) finder.observe(text, line);
      }
    }
  }
}

/** Refuses a file whole whose days can be read in two ways: a date format is never guessed (imports.md). */
export function mustBeSaid({ dates }: Formats): void {
  for (const [column, found] of dates) {
    if (found.at === "ambiguous") {
      const readings = found.readings.map(({ day, format }) => `${day} (${format})`).join(" or ");
      refuse(
        column,
        found.text,
        `line ${found.line} can be read as ${readings}: say in the mapping which ("format")`,
      );
    }
    if (found.at === "mixed") {
      const both = `${found.before.text} is ${found.before.format}, ${found.text} is ${found.format}`;
      refuse(
        column,
        found.text,
        `line ${found.line} is written another way than the lines before it: ${both}`,
      );
    }
  }
}

/** What was found, for whoever lands the file: a line a column. */
export function formatsInWords({ dates, numbers }: Formats, zone: string): string[] {
  const lines = [...dates].flatMap(([column, found]) => {
    if (found.at === "none") return [`${column}: no date format found; the first cell is “${found.text}”`];
    if (found.at !== "found") return [];
    return [`${column}: ${dateInWords(found, zone)}, e.g. ${found.text} → ${dayInWords(found.day)}`];
  });
  if (numbers.at === "found" && writtenIn(numbers.style) !== "1054.00")
    lines.push(`Numbers are written ${writtenIn(numbers.style)}, e.g. ${numbers.text}`);
  return lines;
}

/** How a column's days are written: `day and time (YYYY-MM-DDTHH:mm:ssZ), by the clock in New York`. */
export function dateInWords({ format }: { format: string; text: string; day: Day }, zone: string): string {
  const told = hasTime(format) ? "day and time" : "day";
  return `${told} (${format})${isInstantFormat(format) ? `, by the clock in ${placeOf(zone)}` : ""}`;
}
