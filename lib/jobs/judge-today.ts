import { type Client, database } from "@/db/connection/client";
import { perProcess } from "@/db/connection/per-process";
import { showEverybody } from "@/db/connection/replica";
import type { Day } from "@/lib/attribution/facts";
import { judgeStale } from "@/lib/judging/judge";
import { keepLenses, lensState } from "@/lib/judging/lenses";

/** Of a client: the pass under way, and the day whose first look is done. */
interface Passes {
  underWay: Promise<void> | null;
  looked: Day | null;
}

const passes = perProcess("judging-today", () => new WeakMap<Client, Passes>());

/**
 * Judges again the deals that time alone has changed: their windows closed, a month ended without its
 * updates. Reads ask for it first, so that every answer is as of `today`, from a replica too; with nothing
 * to do it costs a look at one index. Reads that come together wait for one pass.
 */
export async function judgeToday(today: Day, client: Client = database()): Promise<void> {
  const known = passes.get(client) ?? { underWay: null, looked: null };
  passes.set(client, known);
  known.underWay ??= pass(known, today, client).finally(() => {
    known.underWay = null;
  });
  await known.underWay;
}

async function pass(known: Passes, today: Day, client: Client): Promise<void> {
  const judged = await judgeStale(client, today);
  // Where nothing was left to judge another process has done it, and the replica must have that, too.
  if (judged > 0 || known.looked !== today) await showEverybody(client);
  known.looked = today;
}

/** What a reader waits for: a handful of deals that were written to since. */
const WAITED_MS = 500;

/** Looks again, through the lenses that are kept, at what has changed since; a first pass is not waited for. */
export async function lookToday(today: Day, client: Client = database()): Promise<void> {
  const { finished, fresh } = await lensState(client.db, today);
  if (!finished || fresh) return;
  await keepLenses(client, today, WAITED_MS);
  await showEverybody(client);
}
