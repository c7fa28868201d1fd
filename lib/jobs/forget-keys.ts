import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { elected } from "@/db/connection/elected";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Job } from "./job";

/** Keys forgotten in one transaction. */
const BATCH = 5_000;

/** Empties idempotency keys whose days are over, a week unless the company says otherwise: a repeat after that is a write of its own. */
export const forgetKeys: Job = {
  name: "forget-keys",
  everyMs: 60 * 60_000,
  async work(client) {
    const context = { actor: "system:forget-keys", request: randomUUID(), retry: true };
    for (;;) {
      const forgotten = await guardedTransaction(client, context, async (tx) => {
        if (!(await elected(tx, "forget-keys"))) return 0;
        const keys = await tx.execute(sql`
          delete from idempotency_keys where key in (
            select key from idempotency_keys
            where created_at < now() - make_interval(days => (select kept_repeat_days from settings)) limit ${BATCH}
          ) returning 1`);
        return keys.length;
      });
      if (forgotten < BATCH) return;
    }
  },
};
