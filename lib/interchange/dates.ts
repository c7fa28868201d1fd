import type { Day } from "@/lib/attribution/facts";
import { isDay } from "@/lib/calendar";
import { companyMoment, instantIn, isTime, isZone, readInstant, writeTime } from "@/lib/company-day";

/**
 * How a column of a foreign file writes its days: a pattern of YYYY or YY; MM, M, or MMM and MMMM for a month by name;
 * DD or D; HH or H, or hh or h with A for AM and PM; mm and ss; Z, an offset from UTC, or z, a zone by name. `[…]` and
 * every other character stand for themselves. Source: imports.md, "Formats".
 */
export type DateFormat = string;

/** A day and, where the cell has one, its time, of the zone that was asked for. */
export interface Moment {
  day: Day;
  /** As `writeTime` has it. */
  time: string | null;
}

/** Whose clock a column's times are by. */
export interface Clocks {
  /** The mapping's, else the company's: days are told in it. */
  zone: string;
  /** What times without a zone of their own are by; null when they are `zone`'s already. */
  timesIn: string | null;
}

const TOKENS = /\[[^\]]*\]|YYYY|YY|MMMM|MMM|MM?|DD?|HH?|hh?|mm|ss|A|Z|z/g;
const GROUPS: Readonly<Record<string, string>> = {
  YYYY: "(?<year>\\d{4})",
  YY: "(?<year>\\d{2})",
  MMMM: "(?<month>[A-Za-z]{3,9})\\.?",
  MMM: "(?<month>[A-Za-z]{3,9})\\.?",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  DD: "(?<day>\\d{2})",
  D: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{2})",
  H: "(?<hour>\\d{1,2})",
  hh: "(?<half>\\d{2})",
  h: "(?<half>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  ss: "(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?",
  A: "(?<noon>[AaPp])\\.?[Mm]\\.?",
  Z: "(?<offset>Z|[+-]\\d{2}(?::?\\d{2})?)",
  z: "(?<place>[A-Za-z][A-Za-z0-9_+/-]*)",
};
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAMES = [
  ...["january", "february", "march", "april", "may", "june", "july", "august", "september"],
  ...["october", "november", "december"],
];
/** Hours ahead of UTC of the zones that clocks are commonly labelled with; any other is named as IANA does. */
const ZONES: Readonly<Record<string, string>> = {
  ...{ UTC: "Z", GMT: "Z", CET: "+01:00", CEST: "+02:00", EST: "-05:00", EDT: "-04:00", CST: "-06:00" },
  ...{ CDT: "-05:00", MST: "-07:00", MDT: "-06:00", PST: "-08:00", PDT: "-07:00" },
};
const compiled = new Map<DateFormat, RegExp>();

/** Each of year, month and day once; of the rest at most once, and no part of a time without its hour. */
export function isDateFormat(format: string): boolean {
  const tokens = (format.match(TOKENS) ?? []).filter((token) => !token.startsWith("["));
  const count = (...letters: string[]) =>
    tokens.filter((token) => letters.includes(token[0] as string)).length;
  const hours = count("H", "h");
  return (
    ["Y", "M", "D"].every((letter) => count(letter) === 1) &&
    [hours, count("m"), count("s"), count("A"), count("Z", "z")].every((times) => times <= 1) &&
    count("h") === count("A") &&
    count("m") >= count("s") &&
    hours >= Math.max(count("m"), count("A"), count("z"))
  );
}

/** Whether cells in `format` say a time and where it is: an instant, whose day depends on the zone. */
export function isInstantFormat(format: DateFormat): boolean {
  return (format.match(TOKENS) ?? []).some((token) => token === "Z" || token === "z") && hasTime(format);
}

/** Whether cells in `format` say a time of the day. */
export function hasTime(format: DateFormat): boolean {
  return (format.match(TOKENS) ?? []).some((token) => /^[Hh]/.test(token));
}

/** What `text` says in `format` as it is written, without regard to zones; null when it is not written so. */
export function partsIn(
  text: string,
  format: DateFormat,
): (Moment & { offset?: string; place?: string }) | null {
  const said = patternOf(format).exec(text)?.groups;
  if (!said?.year || !said.month || !said.day) return null;
  const month = monthNumber(said.month);
  const day = `${yearOf(said.year)}-${String(month).padStart(2, "0")}-${said.day.padStart(2, "0")}`;
  if (!isDay(day)) return null;
  const hour = said.half ? hourOf(Number(said.half), said.noon as string) : said.hour;
  if (hour === undefined) return { day, time: null };
  const { minute = "00", second = "00", fraction } = said;
  const time = `${hour.padStart(2, "0")}:${minute}:${second}${fraction ? `.${fraction}` : ""}`;
  if (!isTime(time)) return null;
  return { day, time: writeTime(time), offset: said.offset, place: said.place };
}

/**
 * The day and time that `text` says in `format`, or null when it is not written so or no such moment exists. An
 * instant is told by the clock in `clocks.zone`.
 */
export function readMoment(text: string, format: DateFormat, { zone, timesIn }: Clocks): Moment | null {
  const said = partsIn(text, format);
  if (!said) return null;
  const { day, time, offset, place } = said;
  if (time === null) return { day, time };
  const ahead = offset ?? (place && ZONES[place.toUpperCase()]);
  const by = ahead ? null : (place ?? timesIn);
  if (!ahead && !by) return { day, time };
  if (by && !isZone(by)) return null;
  const instant = ahead ? readInstant(`${day}T${time}${ahead}`) : instantIn(`${day}T${time}`, by as string);
  if (instant === null) return null;
  const [there = "", clock = null] = companyMoment(instant, zone).split("T");
  return { day: there, time: clock };
}

/** The day that `text` says in `format`; of an instant, the day in `zone`. Null as in `readMoment`. */
export function readDay(text: string, format: DateFormat, zone: string): Day | null {
  return readMoment(text, format, { zone, timesIn: null })?.day ?? null;
}

function patternOf(format: DateFormat): RegExp {
  const known = compiled.get(format);
  if (known) return known;
  const literal = (part: string) =>
    part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replaceAll(" ", "[ \\u00a0\\u202f]+");
  let source = "";
  let at = 0;
  for (const token of format.matchAll(TOKENS)) {
    source += literal(format.slice(at, token.index));
    source += GROUPS[token[0]] ?? literal(token[0].slice(1, -1));
    at = token.index + token[0].length;
  }
  const pattern = new RegExp(`^${source}${literal(format.slice(at))}$`);
  compiled.set(format, pattern);
  return pattern;
}

/** Two digits are of 1969 to 2068, as POSIX has them. */
const yearOf = (said: string) => (said.length === 4 ? said : `${Number(said) < 69 ? "20" : "19"}${said}`);

/** 0 for what is no month. */
function monthNumber(said: string): number {
  if (/^\d/.test(said)) return Number(said);
  const name = said.toLowerCase();
  const at = MONTH_NAMES.indexOf(name);
  if (at >= 0) return at + 1;
  return MONTHS.indexOf(name === "sept" ? "sep" : name) + 1;
}

/** The hour of the day; 99, which is none, for 0 and 13 and more of a half. */
function hourOf(half: number, noon: string): string {
  if (half < 1 || half > 12) return "99";
  return String((half % 12) + (/p/i.test(noon) ? 12 : 0));
}
