import type { Day } from "@/lib/attribution/facts";
import { parseDay, parseOccurrence, parseStage, parseText } from "@/lib/attribution/field-rules";
import type { Stage } from "@/lib/attribution/vocabulary";
import { companyMoment, isTime, readInstant, writeTime } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import { mustBeWhole, oneId } from "./ids";
import type { InterchangeRow } from "./kinds";

/** Cells of the interchange format, typed one by one; each refuses by the name of its column (imports.md). */

export type Values = InterchangeRow["values"];

/** What day it is for the company, and where: an instant becomes a day there. */
export interface Clock {
  today: Day;
  zone: string;
}

export function cell(values: Values, name: string): string | undefined {
  const given = values[name];
  if (given === undefined || PLAIN.test(given)) return given;
  const text = given.trim();
  // Postgres stores neither; both would otherwise take the whole batch down.
  if (text.includes("\0") || !text.isWellFormed())
    refuse(name, text.replaceAll("\0", "\\0").toWellFormed(), "holds a character that cannot be stored");
  if (TURNS.test(text))
    refuse(name, text.replace(TURNS, "·"), "holds a character that turns the writing around it");
  return UNSEEN.test(text) ? "" : text;
}

/** Letters, digits and signs of ASCII without blanks around: nothing in them needs a closer look. Nearly every cell. */
const PLAIN = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;

/** Embeddings, overrides and isolates of a direction: what follows would be read backwards, on every page. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/;

/** Nothing that anybody sees: joiners and blanks of no width alone. */
const UNSEEN = /^[\p{Cf}\s]*$/u;

export function required(values: Values, name: string): string {
  const text = cell(values, name);
  return text ? parseText(name, text) : refuse(name, "", "is needed and empty");
}

export function identity(values: Values, name: string): string {
  const id = required(values, name);
  mustBeWhole(name, id);
  return id.length <= 200 ? oneId(id) : refuse(name, id, "an id is at most 200 characters");
}

export function otherId(values: Values, name: string): string | null | undefined {
  return optional(values, name) ? identity(values, name) : optional(values, name);
}

export function optional(values: Values, name: string): string | null | undefined {
  const text = cell(values, name);
  return text ? parseText(name, text) : text === undefined ? undefined : null;
}

/** Text of at most `most` characters, as the screens take it. */
export function line(values: Values, name: string, most: number): string | null | undefined {
  const text = cell(values, name);
  if (!text) return text === undefined ? undefined : null;
  return text.length <= most ? text : refuse(name, text.slice(0, 80), `must be at most ${most} characters`);
}

/** A link to a page. */
export function link(values: Values, name: string): string | null | undefined {
  const text = optional(values, name);
  if (text && !/^https?:\/\/[^\s\p{Cc}/?#][^\s\p{Cc}]*$/iu.test(text))
    refuse(name, text, "must be a link, https://…");
  return text;
}

/** Whole percent; a CRM writes `75`, `75.0` or `75%`. */
export function percent(values: Values, name: string): number | null | undefined {
  const text = optional(values, name);
  if (!text) return text as null | undefined;
  const said = /^(\d{1,3})(?:\.0+)?$/.exec(text)?.[1];
  if (said === undefined || Number(said) > 100)
    refuse(name, text, "must be a whole number of percent, 0 to 100");
  return Number(said);
}

const AMBIGUOUS = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}$/;

function dayIn(name: string, text: string): Day {
  const parts = AMBIGUOUS.exec(text);
  if (parts && Number(parts[1]) <= 12 && Number(parts[2]) <= 12)
    refuse(name, text, "can be read as day/month or as month/day; a day is written YYYY-MM-DD");
  return parseDay(name, text);
}

export function pastDay(values: Values, name: string, today: Day): Day {
  return parseOccurrence(name, dayIn(name, required(values, name)), today);
}

export function optionalDay(values: Values, name: string): Day | null | undefined {
  const text = optional(values, name);
  return text ? dayIn(name, text) : text;
}

export function optionalPastDay(values: Values, name: string, today: Day): Day | null | undefined {
  const day = optionalDay(values, name);
  return day ? parseOccurrence(name, day, today) : day;
}

const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)$/;

/** A day, a day and time, or an instant, which is a day and time of the company. */
export function moment(
  values: Values,
  name: string,
  { today, zone }: Clock,
): { enteredOn: Day; enteredTime: string | null } {
  const text = required(values, name);
  const instant = readInstant(text);
  const [, day, time] = TIME.exec(instant === null ? text : companyMoment(instant, zone)) ?? [];
  if (!day || !time) return { enteredOn: pastDay(values, name, today), enteredTime: null };
  if (!isTime(time)) refuse(name, text, "there is no such time of the day");
  return {
    enteredOn: parseOccurrence(name, parseDay(name, day), today),
    enteredTime: writeTime(time),
  };
}

export function stage(values: Values, name: string): Stage {
  const text = required(values, name);
  return parseStage(name, /^\d$/.test(text) ? Number(text) : text);
}
