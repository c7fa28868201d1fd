import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "@/db/connection/client";
import { guardedTransaction, type TransactionContext, type Tx } from "@/db/connection/transaction";
import { refusalIn } from "@/lib/errors";

/** How long a batch may take, and how long it is waited for before each of its next tries. */
export interface Patience {
  /** For one try, in ms. */
  deadlineMs?: number;
  pausesMs?: readonly number[];
}

/** What takes a second on a machine of its own has two minutes where ten others want it. */
const DEADLINE_MS = 120_000;
const PAUSES_MS = [200, 1_000, 5_000, 15_000, 30_000];

/**
 * One batch of a long work, in a transaction of its own. Where the database did not answer in time, or went away, the
 * batch begins anew, so that an hour's work does not end with one of its thousand writes. `work` finds out by itself what is
 * left to do: after a commit whose answer was lost nobody knows whether it was done.
 *
 * @throws what the last try threw; at once what another try would not change
 */
export async function inBatch<T>(
  client: Client,
  context: Omit<TransactionContext, "timeoutMs" | "rehearsal">,
  work: (tx: Tx) => Promise<T>,
  { deadlineMs = DEADLINE_MS, pausesMs = PAUSES_MS }: Patience = {},
): Promise<T> {
  for (let failed = 0; ; failed++) {
    try {
      return await guardedTransaction(client, { ...context, timeoutMs: deadlineMs, retry: true }, work);
    } catch (error) {
      const wait = pausesMs[failed];
      if (wait === undefined || !mayPass(error)) throw error;
      await pause(wait);
    }
  }
}

/** 57014: a statement's time; 25P03: a transaction's that waited for us; 55P03: a lock's; 53: the server has too much to do. */
const PASSES = /^(57014|25P03|55P03|53[0-9A-Z]{3})$/;

function mayPass(error: unknown): boolean {
  if (refusalIn(error)?.code === "unavailable") return true;
  for (let at = error; at instanceof Error; at = at.cause)
    if (PASSES.test(String((at as { code?: unknown }).code))) return true;
  return false;
}

/** One for the database to work on, one for this process. */
const LANES = 2;

/**
 * Works on batches two at a time, and tells of each when it and all before it are done, in their order. The first that fails
 * ends it, once the other has ended.
 */
export async function inLanes<B>(
  batches: AsyncGenerator<B>,
  work: (batch: B) => Promise<unknown>,
  done: (batch: B) => void,
): Promise<void> {
  const finished = new Map<number, B>();
  let taken = 0;
  let told = 0;
  let failed = false;
  const lane = async () => {
    while (!failed) {
      const next = await batches.next();
      if (next.done) return;
      const turn = taken++;
      await work(next.value).catch((error) => {
        failed = true;
        throw error;
      });
      finished.set(turn, next.value);
      for (let batch = finished.get(told); batch !== undefined; batch = finished.get(told)) {
        finished.delete(told++);
        done(batch);
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
}
