import { type Client, database } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { judgeStale } from "@/lib/judging/judge";
import { keepLenses, lensState } from "@/lib/judging/lenses";

const underWay = new WeakMap<Client, Promise<unknown>>();

/**
 * Judges again the deals that time alone has changed: their windows closed, a month ended without its
 * updates. Reads ask for it first, so that every answer is as of `today`; with nothing to do it costs a
 * look at one index. Reads that come together wait for one pass.
 */
export async function judgeToday(today: Day, client: Client = database()): Promise<void> {
  const pass = underWay.get(client) ?? judgeStale(client, today).finally(() => underWay.delete(client));
  underWay.set(client, pass);
  await pass;
}

/** What a reader waits for: a handful of deals that were written to since. */
const WAITED_MS = 500;

/** Looks again, through the lenses that are kept, at what has changed since; a first pass is not waited for. */
export async function lookToday(today: Day, client: Client = database()): Promise<void> {
  const { finished, fresh } = await lensState(client.db, today);
  if (finished && !fresh) await keepLenses(client, today, WAITED_MS);
}
