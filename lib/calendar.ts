import type { Day } from "./attribution/facts";
import { refuse } from "./errors";

/**
 * Calendar days and fiscal quarters, in integer arithmetic on the proleptic Gregorian calendar: no Date,
 * so no clock and no time zone. Days run from 0001-01-01 to 9999-12-31. Source: domain.md, preamble and §1.
 */

/** A fiscal quarter, both ends included. `label` is `YYYY-Qn`; see `quarterOf` for which year that is. */
export interface Quarter {
  label: string;
  from: Day;
  to: Day;
}

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * The day that a fiscal year ends on: the last of the month before its first, or, of a year of 52 or 53 whole weeks,
 * the weekday that is nearest to that day, or the last such weekday of the month.
 */
export type YearEnd = "month_end" | `${"nearest" | "last"}_${Weekday}`;
export const YEAR_ENDS: readonly YearEnd[] = [
  "month_end",
  ...WEEKDAYS.flatMap((day) => [`nearest_${day}`, `last_${day}`] as const),
];

/** How a company cuts its years: the month they begin in, 1 to 12, and which calendar year names them (§1). */
export interface FiscalYear {
  firstMonth: number;
  /** The calendar year that it ends or starts in; the same for a year that begins in January. */
  namedBy: "end" | "start";
  endsOn: YearEnd;
}

export const CALENDAR_YEAR: FiscalYear = { firstMonth: 1, namedBy: "end", endsOn: "month_end" };

export const isSameYear = (one: FiscalYear, other: FiscalYear): boolean =>
  one.firstMonth === other.firstMonth && one.namedBy === other.namedBy && one.endsOn === other.endsOn;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const LAST_DAY_NUMBER = 3_652_058;

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const digit = (text: string, at: number) => text.charCodeAt(at) - 48;
const yearOf = (day: Day) => digit(day, 0) * 1000 + digit(day, 1) * 100 + digit(day, 2) * 10 + digit(day, 3);
const monthOf = (day: Day) => digit(day, 5) * 10 + digit(day, 6);
const dateOf = (day: Day) => digit(day, 8) * 10 + digit(day, 9);

const lengthOfMonth = (year: number, month: number) =>
  month === 2 && isLeap(year) ? 29 : (MONTH_LENGTHS[month - 1] as number);

const write = (year: number, month: number, date: number): Day =>
  `${String(year).padStart(4, "0")}-${month < 10 ? "0" : ""}${month}-${date < 10 ? "0" : ""}${date}`;

/** Whether `value` is a day that exists, written `YYYY-MM-DD`: `2017-02-29` is not one. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== "string" || value.length !== 10) return false;
  for (let at = 0; at < 10; at++) {
    const code = value.charCodeAt(at);
    if (at === 4 || at === 7 ? code !== 45 : code < 48 || code > 57) return false;
  }
  const year = yearOf(value);
  const month = monthOf(value);
  const date = dateOf(value);
  return year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= lengthOfMonth(year, month);
}

/** Days since 0001-01-01, which is 0. `day` must be a day (`isDay`); it is not checked again. */
export function dayNumber(day: Day): number {
  const year = yearOf(day);
  const month = monthOf(day);
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const inYear = (DAYS_BEFORE_MONTH[month - 1] as number) + (month > 2 && isLeap(year) ? 1 : 0);
  return before * 365 + leapDays + inYear + dateOf(day) - 1;
}

/** The day with that number; refused outside 0001-01-01 … 9999-12-31. */
export function dayFromNumber(number: number): Day {
  if (!Number.isInteger(number) || number < 0 || number > LAST_DAY_NUMBER)
    refuse("day", number, "a day lies between 0001-01-01 and 9999-12-31");
  // Estimate the year from the mean length of 365.2425 days, then correct by at most one.
  let year = Math.floor(number / 365.2425) + 1;
  if (dayNumber(write(year, 1, 1)) > number) year--;
  else if (year < 9999 && dayNumber(write(year + 1, 1, 1)) <= number) year++;
  let rest = number - dayNumber(write(year, 1, 1));
  let month = 1;
  for (let length = 31; rest >= length; length = lengthOfMonth(year, month)) {
    rest -= length;
    month++;
  }
  return write(year, month, rest + 1);
}

/** The day `days` after `day`, before it when negative; refused outside the calendar. */
export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days);
}

/** Whole days from `from` to `to`: 0 for the same day, negative when `to` comes first. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** The Monday of the day's week; the first of the calendar is one. */
export function mondayOf(day: Day): Day {
  const number = dayNumber(day);
  return dayFromNumber(number - (number % 7));
}

/** Months since January of year 0, so that consecutive months differ by one. */
export function monthIndex(day: Day): number {
  return yearOf(day) * 12 + monthOf(day) - 1;
}

/** The month (`monthIndex`) of the day with that number (`dayNumber`). */
export function monthOfNumber(number: number): number {
  // Years that begin in March have their leap day at the end; 400 of them have 146,097 days.
  const since = number + 306;
  const era = Math.floor(since / 146_097);
  const day = since - era * 146_097;
  const year = Math.floor(
    (day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365,
  );
  const ofYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  return (era * 400 + year) * 12 + 2 + Math.floor((5 * ofYear + 2) / 153);
}

/** First day of the month with that index (`monthIndex`); refused outside the calendar. */
export function firstOfMonth(index: number): Day {
  const year = Math.floor(index / 12);
  if (!Number.isInteger(index) || year < 1 || year > 9999)
    refuse("month", index, "a month lies between 0001-01 and 9999-12");
  return write(year, index - year * 12 + 1, 1);
}

/** Last day of the month with that index (`monthIndex`). */
export function lastOfMonth(index: number): Day {
  const first = firstOfMonth(index);
  return write(yearOf(first), monthOf(first), lengthOfMonth(yearOf(first), monthOf(first)));
}

/** Months to add to a calendar month so that whole years and quarters of the sum are fiscal ones. */
function fiscalShift({ firstMonth, namedBy }: FiscalYear): number {
  if (!Number.isInteger(firstMonth) || firstMonth < 1 || firstMonth > 12)
    refuse("firstMonth", firstMonth, "the fiscal year's first month is a whole number from 1 to 12");
  return namedBy === "start" || firstMonth === 1 ? 1 - firstMonth : 13 - firstMonth;
}

/** The number of the day that the fiscal year of this name begins on. */
function startOfYear(name: number, year: FiscalYear): number {
  const month = dayNumber(firstOfMonth(name * 12 - fiscalShift(year)));
  if (year.endsOn === "month_end") return month;
  const [which, weekday] = year.endsOn.split("_") as ["nearest" | "last", Weekday];
  const begins = WEEKDAYS.indexOf(weekday) + 1;
  // It begins the day after its end: within three days of the month's first, or in the week up to it.
  const latest = which === "nearest" ? month + 3 : month;
  return latest - ((latest - begins + 7) % 7);
}

/** Days of a quarter of 13 weeks: 4-4-5, 4-5-4 and 5-4-4 alike. A year's 53rd week is the last of its fourth. */
const QUARTER_DAYS = 91;

/** The quarter with that index: fiscal year × 4 + quarter − 1. */
function quarterAt(index: number, year: FiscalYear): Quarter {
  const name = Math.floor(index / 4);
  const at = index - name * 4;
  const label = `${String(name).padStart(4, "0")}-Q${at + 1}`;
  if (year.endsOn === "month_end") {
    const startMonth = index * 3 - fiscalShift(year);
    return { label, from: firstOfMonth(startMonth), to: lastOfMonth(startMonth + 2) };
  }
  const from = startOfYear(name, year) + at * QUARTER_DAYS;
  const next = at === 3 ? startOfYear(name + 1, year) : from + QUARTER_DAYS;
  return { label, from: dayFromNumber(from), to: dayFromNumber(next - 1) };
}

/**
 * The fiscal quarter that `day` lies in. February to April 2017 is `2018-Q1` of a year that begins in February
 * and is named by the one it ends in, `2017-Q1` of one that is named by its start. A year of whole weeks has the name
 * of the months that it stands for, though its first days lie before them. Refuses a first month outside 1-12.
 */
export function quarterOf(day: Day, year: FiscalYear = CALENDAR_YEAR): Quarter {
  const months = monthIndex(day) + fiscalShift(year);
  if (year.endsOn === "month_end") return quarterAt(Math.floor(months / 3), year);
  const number = dayNumber(day);
  let name = Math.floor(months / 12);
  if (startOfYear(name, year) > number) name--;
  else if (startOfYear(name + 1, year) <= number) name++;
  const at = Math.min(3, Math.floor((number - startOfYear(name, year)) / QUARTER_DAYS));
  return quarterAt(name * 4 + at, year);
}

const indexOfLabel = (label: string) => Number(label.slice(0, 4)) * 4 + Number(label[6]) - 1;

/** The fiscal quarter named `YYYY-Qn`, years as in `quarterOf`; refuses any other text. */
export function parseQuarter(label: string, year: FiscalYear = CALENDAR_YEAR): Quarter {
  if (!/^\d{4}-Q[1-4]$/.test(label)) refuse("quarter", label, "a quarter is written YYYY-Q1 to YYYY-Q4");
  return quarterAt(indexOfLabel(label), year);
}

/**
 * What is kept for a quarter's days is kept under: the label of the quarter with the same days or, where this fiscal
 * year has none, three months' first, `2026-07`, and other days as they are, `2026-06-28..2026-09-26`.
 */
export function keyOfDays({ from, to }: Pick<Quarter, "from" | "to">, year: FiscalYear): string {
  const quarter = quarterOf(from, year);
  if (quarter.from === from && quarter.to === to) return quarter.label;
  const isMonths = from.endsWith("-01") && to === lastOfMonth(monthIndex(from) + 2);
  return isMonths ? from.slice(0, 7) : `${from}..${to}`;
}

/** The days that such a key names; refuses any other text. */
export function daysOfKey(key: string, year: FiscalYear): Quarter {
  if (key.includes("Q")) return parseQuarter(key, year);
  const [from = "", to] = key.includes("..") ? key.split("..") : [`${key}-01`];
  if (!isDay(from) || !(to === undefined || isDay(to)))
    return refuse(
      "quarter",
      key,
      "days are named YYYY-MM-DD..YYYY-MM-DD, three months by their first, YYYY-MM",
    );
  return { label: key, from, to: to ?? lastOfMonth(monthIndex(from) + 2) };
}

/** The quarter `by` quarters after `quarter`, before it when negative, in the same fiscal year. */
export function shiftQuarter({ label }: Pick<Quarter, "label">, by: number, year: FiscalYear): Quarter {
  return quarterAt(indexOfLabel(label) + by, year);
}

export const QUARTER_PROGRESS = ["not_begun", "under_way", "over"] as const;
export type QuarterProgress = (typeof QUARTER_PROGRESS)[number];

/** How far a quarter has come on a day; the fourth way that it can stand is frozen. */
export function progressOf({ from, to }: Pick<Quarter, "from" | "to">, today: Day): QuarterProgress {
  if (today < from) return "not_begun";
  return today <= to ? "under_way" : "over";
}

export function previousQuarter(quarter: Quarter, year: FiscalYear): Quarter {
  return shiftQuarter(quarter, -1, year);
}

/** The `count` quarters that end with `last`, oldest first. */
export function lastQuarters(count: number, last: Quarter, year: FiscalYear): Quarter[] {
  return Array.from({ length: count }, (_, at) => shiftQuarter(last, at + 1 - count, year));
}
