import { type Client, database } from "@/db/client";
import { judgeStale } from "@/db/judge";
import { judgeNewPolicy } from "@/db/judge-policy";
import type { Day } from "@/lib/attribution/facts";

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

const LOOK_MS = 1_000;
const looked = new WeakMap<Client, { at: number; busy: boolean }>();

/**
 * Goes on, in the background, with the judging that a new policy asks for: after the third signature, on
 * the day it comes into force, and where a killed process stopped. Reads call it; at most once a second
 * it looks whether there is anything to do.
 *
 * @param failed told what stopped it; the next read tries again
 */
export function goOnJudging(today: Day, failed: (error: unknown) => void, client: Client = database()): void {
  const last = looked.get(client) ?? { at: 0, busy: false };
  if (last.busy || Date.now() - last.at < LOOK_MS) return;
  const look = { at: Date.now(), busy: true };
  looked.set(client, look);
  judgeNewPolicy(client, today)
    .catch(failed)
    .finally(() => {
      look.busy = false;
    });
}
