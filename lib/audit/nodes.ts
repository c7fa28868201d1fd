import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { EMPTY_ROOT, joined, nodeHash, type Span, type Subtree, subtreesOf } from "./tree";

/** Of every so many levels the complete subtrees are kept; what lies between is made of at most 128 of them. */
const KEPT_EVERY = 8;

/** Whether a complete subtree of the level is kept. */
export const isKept = (level: number): boolean => level % KEPT_EVERY === 0;

/**
 * The hashes of nodes of the tree, as it is kept: what proofs and the roots of former heads are made of.
 *
 * @returns null for a node of which something is missing
 */
export async function hashesOf(db: Db, nodes: readonly Span[]): Promise<(string | null)[]> {
  const parts = nodes.map(subtreesOf);
  const flat = parts.flat();
  const hashes = await subtreeHashes(db, flat);
  let at = 0;
  return parts.map(({ length }) => {
    const mine = hashes.slice(at, at + length);
    at += length;
    return mine.every((hash) => hash !== null) ? joined(mine) : null;
  });
}

/** The hashes of complete subtrees, in their order. */
export async function subtreeHashes(db: Db, wanted: readonly Subtree[]): Promise<(string | null)[]> {
  if (wanted.length === 0) return [];
  const asked = wanted.map(({ level, place }, nth) => {
    const width = 2 ** (level % KEPT_EVERY);
    return { nth, level: level - (level % KEPT_EVERY), from: place * width, to: (place + 1) * width };
  });
  const rows = await db.execute<{ nth: number; hash: string }>(sql`
    select a.nth, t.hash from json_to_recordset(${JSON.stringify(asked)}::text::json)
        as a (nth integer, level smallint, "from" bigint, "to" bigint)
      join audit_tree t on t.level = a.level and t.place >= a."from" and t.place < a."to" order by a.nth, t.place`);
  const found = new Map<number, string[]>();
  for (const { nth, hash } of rows) found.set(nth, [...(found.get(nth) ?? []), hash]);
  return asked.map(({ nth, from, to }) => {
    const kept = found.get(nth) ?? [];
    return kept.length === to - from ? perfect(kept) : null;
  });
}

/** The root of a complete subtree, from all of its nodes of one level. */
function perfect(hashes: readonly string[]): string {
  if (hashes.length === 1) return hashes[0]!;
  const above = Array.from({ length: hashes.length / 2 }, (_, at) =>
    nodeHash(hashes[2 * at]!, hashes[2 * at + 1]!),
  );
  return perfect(above);
}

/** The root of the tree as it was at a size; null when it is not that large, or something of it is missing. */
export async function rootAt(db: Db, size: number): Promise<string | null> {
  if (size === 0) return EMPTY_ROOT;
  return (await hashesOf(db, [[0, size]]))[0] ?? null;
}
