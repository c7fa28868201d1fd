import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";

/**
 * The CRM asks the gate from another day on (domain.md §8.5): of what was won in between it owes a receipt now, or no
 * more. They may be many, so they are left to the next reading, which judges them as what time has changed.
 */
export async function leaveGatedToToday(
  tx: Tx,
  { before, after }: { before: Day | null; after: Day | null },
  today: Day,
): Promise<void> {
  if (before === after) return;
  const days = [before, after].filter((day) => day !== null).sort();
  const until = days.length === 2 ? sql`and ended_on < ${days[1]!}::date` : sql``;
  await tx.execute(sql`
    update judged_deals set stale_on = ${today}::date
    where decided = any(enum_range(null::decided_state)) and ended_as = 'won' and ended_on >= ${days[0]!}::date ${until}
      and (stale_on is null or stale_on > ${today}::date)`);
}
