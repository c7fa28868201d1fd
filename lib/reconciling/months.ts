import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Tx } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { firstOfMonth, lastOfMonth, monthIndex } from "@/lib/calendar";

/** A calendar month, `2026-10`, and its days. */
export interface Month {
  month: string;
  from: Day;
  to: Day;
}

/** `month` as `YYYY-MM`, which it must be. */
export function monthOf(month: string): Month {
  const from = `${month}-01`;
  return { month, from, to: lastOfMonth(monthIndex(from)) };
}

/** The month that a day lies in. */
export const monthAt = (day: Day): Month => monthOf(day.slice(0, 7));

/** The month before. */
export const monthBefore = ({ from }: Month): Month => monthAt(firstOfMonth(monthIndex(from) - 1));

/** Those of these months that are locked. */
export async function lockedAmong(
  db: Pick<Db | Tx, "execute">,
  months: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.execute<{ month: string }>(
    sql`select month from locked_months where month = any(${sql.param([...months])}::text[])`,
  );
  return new Set([...rows].map(({ month }) => month));
}

/** How a month stands. */
export interface MonthStanding {
  /** Null while it is open. */
  locked: { on: Day; by: { id: string; name: string } } | null;
  /** The frozen quarter that it lies in: nothing of it is decided any more. */
  frozen: string | null;
}

interface StandingRow extends Record<string, unknown> {
  lockedOn: Day | null;
  by: { id: string; name: string } | null;
  frozen: string | null;
}

export async function standingOf(
  db: Pick<Db | Tx, "execute">,
  { month, from, to }: Month,
): Promise<MonthStanding> {
  const [row] = await db.execute<StandingRow>(sql`
    select l.locked_on::text as "lockedOn",
      (select json_build_object('id', u.id, 'name', u.name) from users u where u.id = l.locked_by) as by,
      (select q.quarter from sealed_quarters q where q.from_day <= ${from}::date and q.to_day >= ${to}::date
        order by q.quarter limit 1) as frozen
    from (select 1) one left join locked_months l on l.month = ${month}`);
  const { lockedOn = null, by = null, frozen = null } = row ?? {};
  return { locked: lockedOn && by ? { on: lockedOn, by } : null, frozen };
}
