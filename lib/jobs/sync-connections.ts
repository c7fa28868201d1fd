import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { isSourceProblem } from "@/lib/connectors/source";
import { openTaken, type Taken, taken, whoIs } from "./connection-taken";
import type { Job } from "./job";
import { rehearseSync } from "./rehearse-sync";
import { SyncTurn } from "./sync-turn";

/** The longest pause after a fault: an org that was away for a night is read again in the morning. */
const LONGEST_PAUSE_MS = 3_600_000;
const FIRST_PAUSE_MS = 60_000;
/** While the other system still prepares what is read. */
const PREPARING_MS = 10_000;

/**
 * Reads connections that are due, one after the other, each by one process: in pages, each of which lands and moves its
 * cursor in one transaction. Whatever is cut off goes on from there (docs/connections.md).
 */
export const syncConnections: Job = {
  name: "sync-connections",
  everyMs: 2_000,
  async work(client, today) {
    for (;;) {
      const one = await taken(client);
      if (!one) return;
      await attend(client, one, today);
    }
  },
};

/** Does what was asked of it, or what is due; what goes wrong is written down in words, and tried again later. */
export async function attend(client: Client, one: Taken, today: Day): Promise<void> {
  try {
    const source = await openTaken(one, client, today);
    if (one.asked === "test") {
      const looked = await source.look();
      await settle(
        client,
        one,
        sql`looked = ${JSON.stringify(looked)}::text::jsonb, looked_at = now(), asked = null`,
        0,
      );
    } else if (one.asked === "rehearse") {
      const found = await rehearseSync(client, one, source, today);
      await settle(client, one, sql`rehearsed = ${JSON.stringify(found)}::text::jsonb, asked = null`, 0);
    } else {
      const ended = await new SyncTurn(client, one, source, today).run();
      const rests = { done: one.everyMinutes * 60_000, cut: 0, waits: PREPARING_MS }[ended];
      await settle(client, one, ended === "done" ? sql`asked = null` : sql`asked = asked`, rests);
    }
  } catch (error) {
    await fail(client, one, error);
  }
}

const settle = (client: Client, { id }: Taken, changes: ReturnType<typeof sql>, restsMs: number) =>
  guardedTransaction(client, whoIs(id), (tx) =>
    tx.execute(sql`
      update connections set ${changes}, problem = null, failures = 0, due_at = now() + ${restsMs} * interval '1 millisecond'
      where id = ${id}`),
  );

async function fail(client: Client, { id, asked }: Taken, error: unknown): Promise<void> {
  const known = isSourceProblem(error);
  const words = (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
  const wish = known ? (error.afterMs ?? 0) : 0;
  // Somebody waits for a test or a dry run: it is told at once what was wrong, and asked for again by hand.
  const isOver = asked === "test" || asked === "rehearse";
  await guardedTransaction(client, { ...whoIs(id), request: randomUUID() }, async (tx) => {
    await tx.execute(sql`
      update connections set problem = ${words}, failures = failures + 1, asked = ${isOver ? sql`null` : sql`asked`},
        due_at = now() + greatest(${wish}, least(${FIRST_PAUSE_MS} * power(2, least(failures, 10)), ${LONGEST_PAUSE_MS}))
          * interval '1 millisecond'
      where id = ${id}`);
    await tx.execute(sql`
      update connection_runs set problem = ${words}, ended_at = now()
      where connection_id = ${id} and ended_at is null`);
  });
  if (!known) throw error;
}
