import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { inBatch, inLanes, type Patience } from "./batches";
import { readCohorts } from "./cohorts";
import { type JudgeOptions, judgeBatch } from "./judge";
import { policyBook } from "./policy-book";

/** How far a long judging has come. */
export interface JudgeProgress {
  judged: number;
  total: number;
  /** Everything up to this id, by code unit, is done: `after` of a later call goes on from here. */
  lastId: string;
}

/** A judging of all deals, its place to resume and its witness. */
export interface JudgeAllOptions extends JudgeOptions, Patience {
  /** Resume after this id. */
  after?: string;
  batchSize?: number;
  onProgress?: (progress: JudgeProgress) => void;
}

const BATCH = 500;

/**
 * Judges every deal on `asOf`, a batch a transaction, in order of id and with constant memory; the database works on one
 * batch while this process works on another. What is written meanwhile is judged by its own transaction, before or
 * after. Interrupted, it can go on from the last progress or start again: what is right already is not written twice. A
 * batch that the database did not take is begun anew (batches.ts).
 *
 * @returns the number of deals judged
 */
export async function judgeAll(
  client: Client,
  asOf: Day,
  { policies, after = "", batchSize = BATCH, onProgress, ...patience }: JudgeAllOptions = {},
): Promise<number> {
  const context = { actor: "system:judge", request: randomUUID() };
  const [count] = await client.db.execute<{ total: number }>(
    sql`select count(*)::integer as total from deals where id > ${after}`,
  );
  const total = count?.total ?? 0;
  // Read once from the facts: what is saved of the cohorts may be what is to be put right.
  const book = policies ?? (await policyBook(client.db));
  const medians = book.comparesCohorts ? await readCohorts(client.db, asOf) : undefined;
  let judged = 0;
  await inLanes(
    batchesOf(client, after, batchSize),
    (ids) =>
      inBatch(
        client,
        context,
        // Everybody is judged here, neighbours as well when their turn comes.
        async (tx) => judgeBatch(tx, ids, asOf, policies ?? (await policyBook(tx)), { medians }),
        patience,
      ),
    (ids) => {
      judged += ids.length;
      onProgress?.({ judged, total, lastId: ids.at(-1) as string });
    },
  );
  return judged;
}

async function* batchesOf(client: Client, after: string, size: number): AsyncGenerator<string[]> {
  for (let lastId = after; ; ) {
    const rows = await client.db.execute<{ id: string }>(
      sql`select id from deals where id > ${lastId} order by id limit ${size}`,
    );
    const ids = [...rows].map(({ id }) => id);
    if (ids.length > 0) yield ids;
    if (ids.length < size) return;
    lastId = ids.at(-1) as string;
  }
}
