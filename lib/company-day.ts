import type { Day } from "./attribution/facts";
import { dayFromNumber, dayNumber, isDay } from "./calendar";
import { refuse } from "./errors";

/**
 * The company's days: an instant, seen in a time zone. Pure: the instant is handed in, and the zones' rules are
 * those that come with the runtime. Source: domain.md §9 "Whose day it is".
 */

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** An IANA name: an offset like `+02:00` is none, since it knows no summer. */
const NAMED = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;
const WRITTEN =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)$/;
const DAY_MS = 86_400_000;
const EPOCH = dayNumber("1970-01-01");

const formats = new Map<string, Intl.DateTimeFormat>();

/** A zone's clock; one is made once a zone, because making it costs more than a thousand readings. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-u-ca-iso8601-nu-latn", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(zone, made);
  return made;
}

function partsOf(now: Instant, zone: string): Record<string, string> {
  return Object.fromEntries(
    clockOf(zone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
}

/** Before this the runtime's clocks count in the Julian calendar, and nobody had a zone. */
const FIRST_GREGORIAN = (dayNumber("1583-01-01") - EPOCH) * DAY_MS;

/** The calendar day that it is in `zone` at the instant `now`. `zone` must be one (`parseZone`). */
export function companyDay(now: Instant, zone: string): Day {
  if (now < FIRST_GREGORIAN) return dayFromNumber(Math.floor(now / DAY_MS) + EPOCH);
  const { year = "", month, day } = partsOf(now, zone);
  return `${year.padStart(4, "0")}-${month}-${day}`;
}

/** What a clock in `zone` shows at the instant `now`: `16:59`. */
export function companyTime(now: Instant, zone: string): string {
  const { hour, minute } = partsOf(now, zone);
  return `${hour}:${minute}`;
}

/** How far a zone's clock is ahead of UTC, by its quarters of an hour: no clock is set within one. */
const ahead = new Map<string, Map<number, number>>();
const QUARTER_HOUR_MS = 900_000;
const MOST_QUARTERS = 50_000;

function aheadAt(now: Instant, zone: string): number {
  const quarter = Math.floor(now / QUARTER_HOUR_MS);
  let known = ahead.get(zone);
  if (!known || known.size >= MOST_QUARTERS) {
    known = new Map();
    ahead.set(zone, known);
  }
  let found = known.get(quarter);
  if (found === undefined) {
    const minute = Math.floor(now / 60_000) * 60_000;
    found = (readInstant(`${companyDay(minute, zone)}T${companyTime(minute, zone)}Z`) ?? minute) - minute;
    known.set(quarter, found);
  }
  return found;
}

/** Day and time that a clock in `zone` shows at the instant `now`: `2024-03-31T23:30:00.5`. */
export function companyMoment(now: Instant, zone: string): string {
  const shown = now + aheadAt(now, zone);
  const day = Math.floor(shown / DAY_MS);
  const ms = shown - day * DAY_MS;
  const two = (number: number) => String(Math.floor(number)).padStart(2, "0");
  const time = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}`;
  return `${dayFromNumber(day + EPOCH)}T${writeTime(`${time}.${String(ms % 1_000).padStart(3, "0")}`)}`;
}

/** The instant at which a clock in `zone` shows `moment` (`2024-03-31T23:30:00`); null when it is no moment. */
export function instantIn(moment: string, zone: string): Instant | null {
  const shown = readInstant(`${moment}Z`);
  if (shown === null) return null;
  // The zone may change its clock between the two; the second look is at the moment itself.
  return shown - aheadAt(shown - aheadAt(shown, zone), zone);
}

/** Whether `text` is a time of the day: `HH:mm`, `HH:mm:ss`, with a fraction. */
export function isTime(text: string): boolean {
  const [, hour, minute, second = "0"] = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/.exec(text) ?? [];
  return Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59;
}

/** A time of the day (`isTime`) as it is kept: with seconds, without zeros at its end; such texts sort as times do. */
export function writeTime(text: string): string {
  const whole = text.length === 5 ? `${text}:00` : text;
  return whole.includes(".") ? whole.replace(/\.?0+$/, "") : whole;
}

/** The instant that `text` says, with its offset (`Z`, `+02:00`); null when it says none. */
export function readInstant(text: string): Instant | null {
  const [, day = "", hour = "", minute = "", second = "0", fraction = "0", offset = ""] =
    WRITTEN.exec(text) ?? [];
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const written =
    (dayNumber(day) - EPOCH) * DAY_MS +
    (Number(hour) * 60 + Number(minute)) * 60_000 +
    Number(second) * 1_000 +
    Math.floor(Number(`0.${fraction}`) * 1_000);
  return written - offsetOf(offset);
}

/** Milliseconds that an offset is ahead of UTC. */
function offsetOf(offset: string): number {
  if (offset === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(":", "") || 0);
  return (offset.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** The company's day of an instant that is written down, as the database and the API write them. */
export function dayOfInstant(text: string, zone: string): Day {
  return companyDay(
    readInstant(text) ?? refuse("instant", text, "an instant names its offset from UTC"),
    zone,
  );
}

/** Whether `name` is a time zone's IANA name. */
export function isZone(name: string): boolean {
  if (!NAMED.test(name)) return false;
  if (formats.has(name)) return true;
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The zone that `value` names, as IANA writes it, or a `Refusal`. */
export function parseZone(field: string, value: unknown): string {
  const rule = "must be a time zone by its IANA name, like Europe/Berlin or America/Los_Angeles";
  if (typeof value !== "string" || !NAMED.test(value)) return refuse(field, value, rule);
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return refuse(field, value, rule);
  }
}
