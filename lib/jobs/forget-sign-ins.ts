import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { elected } from "@/db/connection/elected";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Job } from "./job";

/** How long a session is kept after it began: by it a browser is known as its owner's. */
export const SESSIONS_KEPT_DAYS = 90;

/** Empties counts of tries and of keys' minutes that are over, and sessions of long ago; who signed in when stays in the audit log. */
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
        sql`delete from sessions where created_at < now() - make_interval(days => ${SESSIONS_KEPT_DAYS})`,
      );
    });
  },
};
