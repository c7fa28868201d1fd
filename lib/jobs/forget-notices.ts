import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { elected } from "@/db/connection/elected";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Job } from "./job";

/** Notices forgotten in one transaction. */
const BATCH = 5_000;

/** Forgets what people were told when its days are over (§8.9); what it told of stays in the audit log. */
export const forgetNotices: Job = {
  name: "forget-notices",
  everyMs: 6 * 60 * 60_000,
  async work(client) {
    const context = { actor: "system:forget-notices", request: randomUUID(), retry: true };
    for (;;) {
      const forgotten = await guardedTransaction(client, context, async (tx) => {
        if (!(await elected(tx, "forget-notices"))) return 0;
        const rows = await tx.execute(sql`
          delete from notices where id in (
            select id from notices
            where state <> 'waiting' and created_at < now() - make_interval(days => (select kept_notice_days from settings))
            order by created_at limit ${BATCH}
          ) returning 1`);
        return rows.length;
      });
      if (forgotten < BATCH) return;
    }
  },
};
