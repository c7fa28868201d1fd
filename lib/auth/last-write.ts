import { notePosition, positionOf, REMEMBERED_MS } from "@/db/connection/positions";
import type { Actor } from "./actor";
import { cookieOf } from "./cookies";

/**
 * How another process knows what a person has just written, where there is a replica to read from: their
 * browser brings back the position of their last write for a minute. It grants nothing: it can only have
 * one's own reads asked of the primary.
 */
export const LAST_WRITE_COOKIE = "countersign-last-write";

/** Takes note of what the cookie brings; anything but a position is passed over. */
export function recallWrite({ id }: Actor, cookie: string | undefined): void {
  if (cookie && /^\d{1,20}$/.test(cookie)) notePosition(id, BigInt(cookie));
}

/** The header `Set-Cookie` after a write, or null where nobody reads from elsewhere. */
export function writeCookie({ id }: Actor, secure: boolean): string | null {
  const position = positionOf(id);
  if (position === null) return null;
  return cookieOf(LAST_WRITE_COOKIE, String(position), REMEMBERED_MS / 1_000, secure);
}
