import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { elected } from "@/db/connection/elected";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Job } from "./job";

/**
 * Empties counts of tries and of keys' minutes that are over, and, each after the days that the company says, sessions and
 * whence somebody signed in; that they did, and when, stays in the audit log.
 */
export const forgetSignIns: Job = {
  name: "forget-sign-ins",
  everyMs: 60 * 60_000,
  async work(client) {
    const context = { actor: "system:forget-sign-ins", request: randomUUID(), retry: true };
    await guardedTransaction(client, context, async (tx) => {
      if (!(await elected(tx, "forget-sign-ins"))) return;
      await tx.execute(sql`delete from password_tries where since < now() - interval '1 day'`);
      await tx.execute(sql`delete from key_turns where until < now() - interval '1 day'`);
      await tx.execute(
        sql`delete from sessions where created_at < now() - make_interval(days => (select kept_session_days from settings))`,
      );
      await tx.execute(sql`
        delete from audit_personal where field in ('browser', 'origin')
          and at < now() - make_interval(days => (select kept_whence_days from settings))`);
    });
  },
};
