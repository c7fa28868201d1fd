import ICAL from "ical.js";
import type { Day } from "@/lib/attribution/facts";
import { companyDay, instantIn, isZone } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import { htmlText } from "./html-text";
import type { Clock, Person } from "./known";
import { NOT_HELD_ELSEWHERE } from "./other-languages";
import type { Source } from "./source";

/** How many days of a series are looked at: the last ones that have been. */
const MOST_DAYS = 12;
/** A series without an end is looked through this far. */
const MOST_STEPS = 2_000;
/** What stands in a calendar before or beside what happens. */
const NOT_HELD =
  /^\s*(?:cancel+ed|declined|postponed|hold|placeholder|tentative|tbc|tbd)\b|\b(?:internal|prep|prepare|dry[- ]run|rehearsal|travel)\b/i;

/**
 * What a calendar's file says was held, a source a day.
 *
 * @param method of the mail's part that brought it; the file's own otherwise
 * @throws Refusal when it is no calendar
 */
export function invitationSources(text: string, { zone, today }: Clock, method?: string): Source[] {
  let calendar: ICAL.Component;
  try {
    calendar = new ICAL.Component(ICAL.parse(text.replace(/^\uFEFF/, "").trim()) as unknown as unknown[]);
  } catch {
    refuse("file", text.slice(0, 40), "is no calendar that can be read (RFC 5545)");
  }
  const said = (method ?? stringOf(calendar.getFirstPropertyValue("method"))).toUpperCase();
  if (said === "CANCEL" || said === "REPLY" || said === "COUNTER" || said === "DECLINECOUNTER") return [];
  const events = calendar.getAllSubcomponents("vevent");
  const changed = events.filter((event) => event.getFirstProperty("recurrence-id"));
  return events.flatMap((event) => {
    if (!isHeld(event)) return [];
    const own = changed.includes(event) ? [] : changed.filter((one) => uidOf(one) === uidOf(event));
    return daysOf(event, own, calendar, { zone, today }).map((day) => sourceOf(event, day));
  });
}

/** A value of a calendar is a time where it has a zone. */
const isTime = (value: unknown): value is ICAL.Time =>
  typeof value === "object" && value !== null && "isDate" in value && "zone" in value;

const stringOf = (value: unknown) => (typeof value === "string" ? value : value ? String(value) : "");
const uidOf = (event: ICAL.Component) => stringOf(event.getFirstPropertyValue("uid"));
const saidOf = (event: ICAL.Component, name: string) => stringOf(event.getFirstPropertyValue(name));

function isHeld(event: ICAL.Component): boolean {
  const status = saidOf(event, "status").toUpperCase();
  return status !== "CANCELLED" && status !== "TENTATIVE" && !isNotHeld(saidOf(event, "summary"));
}

const isNotHeld = (summary: string) => NOT_HELD.test(summary) || NOT_HELD_ELSEWHERE.test(summary);

function sourceOf(event: ICAL.Component, day: Day | null): Source {
  const summary = saidOf(event, "summary").trim();
  const described = saidOf(event, "description");
  const plain = /<(?:p|br|div|html)\b/i.test(described) ? htmlText(described) : described;
  // Below such a line stands how to dial in.
  const [words = ""] = plain.split(
    /^\s*(?:[_─~\-*=]{8,}|.*\bjoin (?:zoom|the|microsoft teams|with google meet)\b.*|microsoft teams meeting)/im,
  );
  const texts = [summary, words.trim()].filter((one) => one !== "");
  return {
    title: [summary, saidOf(event, "location")].join("\n"),
    people: [...event.getAllProperties("organizer"), ...event.getAllProperties("attendee")].flatMap(personOf),
    passages: texts.map((one) => ({ kind: "event", text: one, day, by: null })),
  };
}

/** Who was invited and has not declined. */
function personOf(property: ICAL.Property): Person[] {
  const parameter = (name: string) => stringOf(property.getFirstParameter(name));
  if (/^(?:DECLINED|DELEGATED)$/i.test(parameter("partstat"))) return [];
  if (/^(?:RESOURCE|ROOM)$/i.test(parameter("cutype"))) return [];
  const email = /^mailto:(\S+@\S+)$/i.exec(stringOf(property.getFirstValue()))?.[1]?.toLowerCase() ?? null;
  const name = parameter("cn");
  return name || email ? [{ name: name === email ? "" : name, email }] : [];
}

/** The days on which it was held: one, or those of its series that nobody took out. */
function daysOf(
  event: ICAL.Component,
  changed: readonly ICAL.Component[],
  calendar: ICAL.Component,
  { zone, today }: Clock,
): (Day | null)[] {
  const start = event.getFirstProperty("dtstart");
  const time = start?.getFirstValue();
  if (!start || !isTime(time)) return [null];
  const tzid = stringOf(start.getFirstParameter("tzid"));
  const dayOf = (one: ICAL.Time) => dayIn(one, tzid, calendar, zone);
  if (!event.getFirstProperty("rrule") && !event.getFirstProperty("rdate")) return [dayOf(time)];
  const moved = new Set(
    changed.map((one) => stringOf(one.getFirstPropertyValue("recurrence-id")).slice(0, 10)),
  );
  const steps = new ICAL.RecurExpansion({ component: event, dtstart: time });
  const days: Day[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = steps.next();
    if (!next) break;
    const day = dayOf(next);
    if (day > today) break;
    if (!moved.has(next.toString().slice(0, 10))) days.push(day);
  }
  return days.slice(-MOST_DAYS);
}

function dayIn(time: ICAL.Time, tzid: string, calendar: ICAL.Component, zone: string): Day {
  const written = time.toString();
  const day = written.slice(0, 10);
  if (time.isDate) return day;
  const moment = written.slice(0, 19);
  if (written.endsWith("Z")) return companyDay(instantIn(moment, "UTC") ?? 0, zone);
  if (isZone(tzid)) return companyDay(instantIn(moment, tzid) ?? 0, zone);
  const rules = calendar
    .getAllSubcomponents("vtimezone")
    .find((one) => stringOf(one.getFirstPropertyValue("tzid")) === tzid);
  // Without a zone it is meant where one is, which is the company's.
  if (!tzid || !rules) return day;
  const offset = new ICAL.Timezone({ component: rules, tzid }).utcOffset(time);
  return companyDay((instantIn(moment, "UTC") ?? 0) - offset * 1_000, zone);
}
