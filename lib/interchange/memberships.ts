import type { Day } from "@/lib/attribution/facts";

/** A partner's place in an account, as it is compared and logged: the account's id and the day it was said. */
export const writeIn = (accountId: string, day: Day): string => `${accountId}@${day}`;

export function parseIn(written: string): { accountId: string; day: Day } {
  const at = written.lastIndexOf("@");
  return { accountId: written.slice(0, at), day: written.slice(at + 1) };
}

/**
 * The accounts that a file says a partner is in: one that stands keeps its day, a new one was said today. Those that
 * people said here are theirs, whatever a file says.
 */
export function accountsTold(
  told: readonly string[],
  standing: readonly string[],
  entered: readonly string[],
  today: Day,
): string[] {
  const days = new Map(standing.map(parseIn).map(({ accountId, day }) => [accountId, day]));
  const here = new Set(entered);
  return [...new Set(told)]
    .filter((id) => !here.has(id))
    .map((id) => writeIn(id, days.get(id) ?? today))
    .sort();
}
