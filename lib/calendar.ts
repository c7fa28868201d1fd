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

/** How a company cuts its years: the month they begin in, 1 to 12, and which calendar year names them (§1). */
export interface FiscalYear {
  firstMonth: number;
  /** The calendar year that it ends or starts in; the same for a year that begins in January. */
  namedBy: "end" | "start";
}

export const CALENDAR_YEAR: FiscalYear = { firstMonth: 1, namedBy: "end" };

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

/** The quarter with that index (fiscal year × 4 + quarter − 1) that begins in that month. */
function quarterAt(index: number, startMonth: number): Quarter {
  const year = Math.floor(index / 4);
  return {
    label: `${String(year).padStart(4, "0")}-Q${index - year * 4 + 1}`,
    from: firstOfMonth(startMonth),
    to: lastOfMonth(startMonth + 2),
  };
}

/**
 * The fiscal quarter that `day` lies in. February to April 2017 is `2018-Q1` of a year that begins in February
 * and is named by the one it ends in, `2017-Q1` of one that is named by its start. Refuses a first month
 * outside 1-12.
 */
export function quarterOf(day: Day, year: FiscalYear = CALENDAR_YEAR): Quarter {
  const shift = fiscalShift(year);
  const index = Math.floor((monthIndex(day) + shift) / 3);
  return quarterAt(index, index * 3 - shift);
}

/** The fiscal quarter named `YYYY-Qn`, years as in `quarterOf`; refuses any other text. */
export function parseQuarter(label: string, year: FiscalYear = CALENDAR_YEAR): Quarter {
  const shift = fiscalShift(year);
  if (!/^\d{4}-Q[1-4]$/.test(label)) refuse("quarter", label, "a quarter is written YYYY-Q1 to YYYY-Q4");
  const index = Number(label.slice(0, 4)) * 4 + Number(label[6]) - 1;
  return quarterAt(index, index * 3 - shift);
}

/**
 * What is kept for three months is kept under: their quarter's label or, where they are no quarter of this fiscal
 * year, their first month, `2026-07`.
 */
export function keyOfMonths(firstDay: Day, year: FiscalYear): string {
  const quarter = quarterOf(firstDay, year);
  return quarter.from === firstDay ? quarter.label : firstDay.slice(0, 7);
}

/** The three months that such a key names; refuses any other text. */
export function threeMonths(key: string, year: FiscalYear): Quarter {
  if (key.includes("Q")) return parseQuarter(key, year);
  const from = `${key}-01`;
  if (!isDay(from)) refuse("quarter", key, "three months are named by their first, YYYY-MM");
  return { label: key, from, to: lastOfMonth(monthIndex(from) + 2) };
}

/** The quarter `by` quarters after `quarter`, before it when negative, in the same fiscal year. */
export function shiftQuarter(quarter: Quarter, by: number): Quarter {
  const index = Number(quarter.label.slice(0, 4)) * 4 + Number(quarter.label[6]) - 1 + by;
  return quarterAt(index, monthIndex(quarter.from) + by * 3);
}

export const QUARTER_PROGRESS = ["not_begun", "under_way", "over"] as const;
export type QuarterProgress = (typeof QUARTER_PROGRESS)[number];

/** How far a quarter has come on a day; the fourth way that it can stand is frozen. */
export function progressOf({ from, to }: Pick<Quarter, "from" | "to">, today: Day): QuarterProgress {
  if (today < from) return "not_begun";
  return today <= to ? "under_way" : "over";
}

export function previousQuarter(quarter: Quarter): Quarter {
  return shiftQuarter(quarter, -1);
}

/** The same quarter of the fiscal year before. */
export function yearBefore(quarter: Quarter): Quarter {
  return shiftQuarter(quarter, -4);
}

/** The `count` quarters that end with `last`, oldest first. */
export function lastQuarters(count: number, last: Quarter): Quarter[] {
  return Array.from({ length: count }, (_, at) => shiftQuarter(last, at + 1 - count));
}
