import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { addDays, isDay } from "@/lib/calendar";
import { companyDay, instantIn, readInstant } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import type { Moment } from "@/lib/judging/known-at";

/**
 * The moment that `text` names: an instant with its offset from UTC, or a day, which is its end in the company's zone.
 * Refuses what is no such text, and a day that has not come.
 */
export async function momentOf(db: Db, field: string, text: string, today: Day): Promise<Moment> {
  const [known] = await db.execute<{ zone: string | null; first: string | null }>(sql`
    select (select time_zone from settings) as zone, (select at from audit_log order by id limit 1)::text as first`);
  const zone = known?.zone ?? "UTC";
  const instant = isDay(text) ? endOf(text, zone) : readInstant(text);
  if (instant === null) refuse(field, text, "must be a day, or an instant with its offset from UTC");
  const day = isDay(text) ? text : companyDay(instant, zone);
  if (day > today) refuse(field, text, "is in the future: nothing is known of it yet");
  const first = known?.first ? Date.parse(known.first) : null;
  return { day, at: first === null || instant < first ? null : new Date(instant).toISOString() };
}

/** The last millisecond of a day in a zone. */
const endOf = (day: Day, zone: string) => (instantIn(`${addDays(day, 1)}T00:00:00`, zone) as number) - 1;
