import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import { daysOfKey, type FiscalYear, keyOfDays, quarterOf } from "@/lib/calendar";
import { refuse } from "@/lib/errors";

/** What of a company's log and books went to other labels, so that it stays with its days. */
export interface Carried {
  exceptions: number;
  learnings: number;
  reviews: number;
  costs: number;
  rates: number;
}

/**
 * What another fiscal year carries: it moves nothing to another span of days (domain.md §8.6). Cases go with the day that put
 * them in their quarter. Costs and rates stay with their days: under the new quarter of the same ones, or,
 * where there is none, under the days themselves, until they are recorded anew or the year is as it was. What
 * was written in a review goes with the last day of its quarter. Nothing of it is frozen, or the year could not
 * change.
 */
export async function carryQuarters(tx: Tx, from: FiscalYear, to: FiscalYear): Promise<Carried> {
  const costs = await carryDays(tx, "costs", from, to);
  await carryDays(tx, "cost_nones", from, to);
  await carryDays(tx, "targets", from, to);
  const rates = await carryDays(tx, "rates", from, to);
  // What somebody prepared was of other days.
  await tx.execute(sql`delete from freeze_preparations`);
  const reviews = await carryReviews(tx, to);
  const exceptions = await carryByDay(tx, "exceptions", to);
  const learnings = await carryByDay(tx, "learnings", to);
  return { exceptions, learnings, reviews, costs, rates };
}

async function carryByDay(tx: Tx, table: "exceptions" | "learnings", to: FiscalYear): Promise<number> {
  const name = sql.identifier(table);
  const found = await tx.execute<{ day: string }>(sql`select distinct falls_on::text as day from ${name}`);
  const places = [...found].map(({ day }) => ({ day, quarter: quarterOf(day, to).label }));
  const moved = await tx.execute(sql`
    update ${name} t set quarter = r.quarter ${table === "exceptions" ? sql`, version = t.version + 1` : sql``}
    from json_to_recordset(${JSON.stringify(places)}::text::json) as r (day date, quarter text)
    where t.falls_on = r.day and t.quarter <> r.quarter returning t.id`);
  return moved.length;
}

async function carryDays(
  tx: Tx,
  table: "costs" | "rates" | "cost_nones" | "targets",
  from: FiscalYear,
  to: FiscalYear,
): Promise<number> {
  const name = sql.identifier(table);
  const found = await tx.execute<{ quarter: string }>(sql`select distinct quarter from ${name}`);
  const places = [...found].map(({ quarter }) => {
    const days = daysOfKey(quarter, from);
    return { was: quarter, days: `${days.from}..${days.to}`, is: keyOfDays(days, to) };
  });
  const changed = places.filter(({ was, is }) => was !== is);
  const rows = sql`json_to_recordset(${JSON.stringify(changed)}::text::json) as r (was text, days text, "is" text)`;
  // By way of the days, since a label may be taken until its own rows have left it.
  await tx.execute(sql`update ${name} t set quarter = r.days from ${rows} where t.quarter = r.was`);
  const moved = await tx.execute(
    sql`update ${name} t set quarter = r."is" from ${rows} where t.quarter = r.days returning t.quarter`,
  );
  return moved.length;
}

async function carryReviews(tx: Tx, to: FiscalYear): Promise<number> {
  const found = await tx.execute<{ quarter: string; day: string }>(
    sql`select quarter, falls_on::text as day from reviews`,
  );
  const places = [...found].map(({ quarter: was, day }) => ({ was, is: quarterOf(day, to).label }));
  for (const { was, is } of places) {
    const other = places.find((place) => place.was < was && place.is === is);
    if (other)
      refuse(
        "fiscalFirstMonth",
        to.firstMonth,
        `the reviews of ${other.was} and ${was} would be of one quarter, ${is}`,
      );
  }
  const moved = places.filter(({ was, is }) => was !== is);
  // All go the same way: the foremost first, so that each label is free when it is needed.
  moved.sort((a, b) => (a.was < b.was ? -1 : 1) * (a.was < a.is ? -1 : 1));
  for (const { was, is } of moved)
    await tx.execute(sql`update reviews set quarter = ${is} where quarter = ${was}`);
  return moved.length;
}
