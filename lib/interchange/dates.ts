import type { Day } from "@/lib/attribution/facts";
import { isDay } from "@/lib/calendar";
import { companyDay, readInstant } from "@/lib/company-day";
import { refuse } from "@/lib/errors";

/**
 * How a foreign file writes days: a pattern of YYYY, MM or M, DD or D; HH, mm and ss; and Z, an offset from UTC.
 * With an offset a time is an instant, and its day the company's (domain.md §9); without one it is passed over.
 * Every other character stands for itself. Source: imports.md, "Mappings".
 */
export type DateFormat = string;

const TOKENS = /YYYY|MM?|DD?|HH|mm|ss|Z/g;
const GROUPS: Record<string, string> = {
  YYYY: "(?<year>\\d{4})",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  DD: "(?<day>\\d{2})",
  D: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{2})",
  mm: "(?<minute>\\d{2})",
  ss: "(?<second>\\d{2})(?:\\.\\d+)?",
  Z: "(?<offset>Z|[+-]\\d{2}(?::?\\d{2})?)",
};
const compiled = new Map<DateFormat, RegExp>();

/** Whether `format` names a year, a month and a day exactly once each. */
export function isDateFormat(format: string): boolean {
  const tokens = format.match(TOKENS) ?? [];
  return ["Y", "M", "D"].every((letter) => tokens.filter((token) => token.startsWith(letter)).length === 1);
}

/**
 * The day that `text` says in `format`, or null when it is not written so or no such day exists. Of an instant it is
 * the day in `zone`, the company's.
 */
export function readDay(text: string, format: DateFormat, zone: string): Day | null {
  let pattern = compiled.get(format);
  if (!pattern) {
    const literal = (part: string) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    let source = "";
    let at = 0;
    for (const token of format.matchAll(TOKENS)) {
      source += literal(format.slice(at, token.index)) + GROUPS[token[0]];
      at = token.index + token[0].length;
    }
    pattern = new RegExp(`^${source}${literal(format.slice(at))}$`);
    compiled.set(format, pattern);
  }
  const { year, month, day, hour, minute, second = "00", offset } = pattern.exec(text)?.groups ?? {};
  if (!year || !month || !day) return null;
  const read = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (!isDay(read)) return null;
  if (!hour || !minute || !offset) return read;
  const instant = readInstant(`${read}T${hour}:${minute}:${second}${offset}`);
  return instant === null ? null : companyDay(instant, zone);
}

/** Formats that a file may be found to have; those that can be taken for one another stand together. */
const DETECTED: readonly DateFormat[] = [
  "YYYY-MM-DD",
  "YYYY/MM/DD",
  "YYYY.MM.DD",
  "YYYY-MM-DDTHH:mm:ss",
  "YYYY-MM-DDTHH:mm:ssZ",
  "YYYY-MM-DDTHH:mmZ",
  "YYYY-MM-DD HH:mm:ss",
  "YYYY-MM-DD HH:mm:ssZ",
  "YYYY-MM-DD HH:mm",
  "D/M/YYYY",
  "M/D/YYYY",
  "D.M.YYYY",
  "M.D.YYYY",
  "D-M-YYYY",
  "M-D-YYYY",
];

/**
 * Finds the one format of a file's days when its mapping names none. A value with two readings that
 * differ refuses the file whole and names both: a date format is never guessed (imports.md).
 */
export class DateDetector {
  private format: { name: DateFormat; from: string } | null = null;
  /** Values that read as the same day in two formats; they go along with what the others settle. */
  private tied: { formats: DateFormat[]; text: string; line: number } | null = null;

  /** @param zone the company's: what two readings come to is told as its days */
  constructor(private readonly zone: string) {}

  /** Takes note of one cell of column `column`; an empty one or one that is no day says nothing. */
  observe(text: string, column: string, line: number): void {
    if (
      text === "" ||
      (this.format && this.tied === null && isPlain(text) && this.format.name === "YYYY-MM-DD")
    )
      return;
    const readings = DETECTED.map((name) => ({ name, day: readDay(text, name, this.zone) })).filter(
      ({ day }) => day,
    );
    const [first, second] = readings;
    if (!first) return;
    if (second && second.day !== first.day) {
      const both = `${first.day} (${first.name}) or ${second.day} (${second.name})`;
      refuse(column, text, `line ${line} can be read as ${both}: say in the mapping which ("dates")`);
    }
    if (second) {
      this.tied ??= { formats: readings.map(({ name }) => name), text, line };
      return;
    }
    if (this.format && this.format.name !== first.name) {
      const both = `${this.format.from} is ${this.format.name}, ${text} is ${first.name}`;
      refuse(column, text, `line ${line} is written another way than the lines before it: ${both}`);
    }
    this.format ??= { name: first.name, from: text };
  }

  /** The file's format. */
  settle(): DateFormat {
    if (this.tied && this.format && !this.tied.formats.includes(this.format.name))
      refuse(
        "dates",
        this.tied.text,
        `line ${this.tied.line} is not written as ${this.format.name}, like the others`,
      );
    return this.format?.name ?? this.tied?.formats[0] ?? "YYYY-MM-DD";
  }
}

const isPlain = (text: string) => text.length === 10 && text[4] === "-" && text[7] === "-";
