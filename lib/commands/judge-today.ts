import { type Client, database } from "@/db/client";
import { judgeStale } from "@/db/judge";
import type { Day } from "@/lib/attribution/facts";

const judged = new WeakMap<Client, Map<Day, Promise<void>>>();

/**
 * Judges again the deals that time alone has changed, once a day and process: their windows closed, a
 * month ended without its updates. Reads ask for it first, so that every answer is as of `today`.
 */
export function judgeToday(today: Day, client: Client = database()): Promise<void> {
  const days = judged.get(client) ?? new Map<Day, Promise<void>>();
  judged.set(client, days);
  const known = days.get(today);
  if (known) return known;
  const work = judgeStale(client, today).then(() => {});
  days.clear();
  days.set(today, work);
  // A failure is told to whoever waits for it, and tried again by the next one.
  work.catch(() => days.delete(today));
  return work;
}
