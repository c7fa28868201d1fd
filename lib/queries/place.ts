import { refuse } from "@/lib/errors";

/** A place in a list: the last line's sort key, null where it has none, and the id that settles ties. */
export type Place = [key: string | null, id: string];

/** A place as an answer's `next` gives it. */
export const writePlace = (place: Place) => Buffer.from(JSON.stringify(place)).toString("base64url");

/** A place as `next` gave it; refuses anything else. */
export function readPlace(cursor: string): Place {
  try {
    const [key, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    if ((key === null || typeof key === "string") && typeof id === "string") return [key, id];
  } catch {
    // Told below: whatever it is, it is no cursor of ours.
  }
  return refuse("after", cursor, "is where a page ended, as `next` gave it");
}

/** Of rows that were asked for with one more than the page holds: the page, and where the next one begins. */
export function cut<R extends { id: string }>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => string | null,
): { rows: R[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? writePlace([keyOf(last), last.id]) : null };
}
