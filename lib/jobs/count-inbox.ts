import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { elected } from "@/db/connection/elected";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { mondayOf } from "@/lib/calendar";
import { countLeft } from "@/lib/queries/inbox/count-left";
import type { Job } from "./job";
import { judgeToday } from "./judge-today";

/** Counts what is left in the inbox four times a day; of a week that is over its last count stays (§8.4). */
export const countInbox: Job = {
  name: "count-inbox",
  everyMs: 6 * 60 * 60_000,
  work: (client, today) => countWeek(client, today),
};

/** Writes what is left on `today` as the count of its week, in place of an earlier one. */
export async function countWeek(client: Client, today: Day): Promise<void> {
  await judgeToday(today, client);
  const left = await countLeft(client.db, today);
  const week = mondayOf(today);
  const who = { actor: "system:count-inbox", request: randomUUID(), retry: true };
  await guardedTransaction(client, who, async (tx) => {
    if (!(await elected(tx, "count-inbox"))) return;
    // Who counted on an earlier day, and wakes up late, does not overwrite what was counted since.
    const [mine] = await tx.execute(sql`
      insert into inbox_weeks (week, counted_on) values (${week}, ${today})
      on conflict (week) do update set counted_on = excluded.counted_on
        where inbox_weeks.counted_on <= excluded.counted_on returning 1`);
    if (!mine) return;
    await tx.execute(sql`delete from inbox_week_counts where week = ${week}`);
    await tx.execute(sql`
      insert into inbox_week_counts (week, kind, owner_id, desk, items)
      select ${week}::date, kind, "ownerId", desk, items
      from jsonb_to_recordset(${JSON.stringify(left)}::text::jsonb)
        as l(kind inbox_kind, "ownerId" text, desk user_role, items int)
      where "ownerId" is null or exists (select from users u where u.id = "ownerId")`);
  });
}
