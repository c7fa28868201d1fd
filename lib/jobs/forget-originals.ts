import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { elected } from "@/db/connection/elected";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Job } from "./job";

/** Files forgotten in one transaction. */
const BATCH = 500;

/**
 * Forgets mails, calls and notes that evidence was read from (§8.2), when all of it was answered and their days are over;
 * what was accepted of them stays, with the file that is its proof.
 */
export const forgetOriginals: Job = {
  name: "forget-originals",
  everyMs: 24 * 60 * 60_000,
  async work(client) {
    const context = { actor: "system:forget-originals", request: randomUUID(), retry: true };
    for (;;) {
      const forgotten = await guardedTransaction(client, context, async (tx) => {
        if (!(await elected(tx, "forget-originals"))) return 0;
        const rows = await tx.execute(sql`
          delete from evidence_files where id in (
            select f.id from evidence_files f
            where f.created_at < now() - make_interval(days => (select kept_original_days from settings))
              and not exists (select from evidence_proposals p where p.evidence_id = f.id and p.decision is null)
            order by f.created_at limit ${BATCH}
          ) returning 1`);
        return rows.length;
      });
      if (forgotten < BATCH) return;
    }
  },
};
