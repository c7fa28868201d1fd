import { type Client, database } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { judgeStale } from "@/lib/judging/judge";

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
