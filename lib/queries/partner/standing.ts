import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import { addDays, firstOfMonth, monthIndex } from "@/lib/calendar";
import { policyBook } from "@/lib/judging/policy-book";

/**
 * What a partner is doing: *active*, it did something within the window; *silent*, the last thing it did is
 * before; *attached*, it is in an account or on a deal and never did anything; *new*, it is nowhere yet (§8.4).
 */
export const STANDINGS = ["active", "silent", "attached", "new"] as const;

/** Where the policy in force bounds influence by no window, as its preset `lanes` does. */
const WINDOW_DAYS = 60;

/** The months that a partner's motion is shown over, this one the last of them. */
export const MONTHS_SHOWN = 12;

/** The first day of the first of them. */
export const yearOfMonths = (today: Day): Day => firstOfMonth(monthIndex(today) - MONTHS_SHOWN + 1);

/** The policy of today, and the days within which an action is of now: its influence window. */
export async function windowOf(db: Db, today: Day): Promise<{ policy: Policy; days: number; from: Day }> {
  const { policy } = (await policyBook(db)).onDay(today);
  const days = policy.influenceWindowDays ?? WINDOW_DAYS;
  return { policy, days, from: addDays(today, -days) };
}

/** The standing over `last`, a partner's last action, and whether it is `somewhere`. */
export const standingOf = (last: SQL, somewhere: SQL, from: Day) => sql`case
  when ${last} >= ${from}::date then 'active' when ${last} is not null then 'silent'
  when ${somewhere} then 'attached' else 'new' end`;

/** Deals by partner and what numbers count them as, from the tallies that judging keeps. */
export const PARTNER_TALLIES = sql`(
  select cell as partner_id, split_part(counts_as, '/', 1) as outcome, counts_as like '%/disputed' as disputed,
    sum(deals)::int as deals
  from (select cell, counts_as, deals from tallies where kind = 'partners'
    union all select cell, counts_as, deals from tally_changes where kind = 'partners') k
  group by 1, 2, 3 having sum(deals) <> 0)`;
