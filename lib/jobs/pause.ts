const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
/** Somebody else's wish to wait is heard up to this. */
const LONGEST_WISH_MS = 24 * 3_600_000;
/** With the growing pauses, about a day. */
export const TRIES = 12;
/** How long who takes something to send holds it: longer than any try lasts, so that two never send one. */
export const HELD_MS = 120_000;

/** Twice as long after each try; longer where the other side says so. */
export function pauseAfter(attempts: number, wish = 0): number {
  const own = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  return Math.max(own, Math.min(wish, LONGEST_WISH_MS));
}
