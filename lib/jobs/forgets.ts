import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { elected } from "@/db/connection/elected";
import { guardedTransaction } from "@/db/connection/transaction";
import type { QueueName } from "@/db/queues";
import type { Job } from "./job";

/** What a job forgets, and how much of it in one transaction. */
interface Forgotten {
  name: QueueName;
  everyMs: number;
  batch: number;
  /** A select of the keys of what is over, in the order in which it goes. */
  over: SQL;
  /** The table and its key. */
  from: readonly [table: string, key: string];
}

/** Forgets what is over, batch by batch, by one process at a time, until nothing of it is left. */
export function forgets({ name, everyMs, batch, over, from: [table, key] }: Forgotten): Job {
  return {
    name,
    everyMs,
    async work(client) {
      const context = { actor: `system:${name}`, request: randomUUID(), retry: true };
      for (;;) {
        const forgotten = await guardedTransaction(client, context, async (tx) => {
          if (!(await elected(tx, name))) return 0;
          const rows = await tx.execute(sql`
            delete from ${sql.identifier(table)} where ${sql.identifier(key)} in (${over} limit ${batch}) returning 1`);
          return rows.length;
        });
        if (forgotten < batch) return;
      }
    },
  };
}
