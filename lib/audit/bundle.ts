import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { ENTRY_COLUMNS, type EntryRow, entryLine } from "./entry";
import { claimedHead, type Head, type LogKey, logKeys, newestHead } from "./head";
import { hashesOf, rootAt } from "./nodes";
import { consistencyPath, inclusionPath, type Span } from "./tree";

/** Some entries of the log with what shows an outsider that they are in it (scripts/verifier/README.md). */
export interface ProvenEntries {
  keys: LogKey[];
  /** The newest head, as it was signed. */
  head: string;
  /** Heads before it, smallest first: whoever kept one of them finds it here. */
  former: Pick<Head, "size" | "root">[];
  /** In order; the text whose bytes are the entry in the tree, and its place. */
  entries: { place: number; entry: string }[];
  /** The nodes of all the proofs, by the leaves under them: `0-256`. */
  nodes: Record<string, string>;
}

/** Of the heads before the newest one a bundle shows so many of the latest, and the last of each of so many days. */
const LATEST = 100;
const DAYS = 400;

/**
 * The entries that a condition on `l` names, in the newest head; null while the log has none, or a part of its tree is
 * missing.
 *
 * @param standing heads that stand elsewhere, each to be shown to be the beginning of this log
 * @param since the size of a head that somebody kept
 */
export async function provenEntries(
  db: Db,
  where: SQL,
  { standing, since }: { standing(entries: readonly EntryRow[]): readonly string[]; since: number | null },
): Promise<ProvenEntries | null> {
  const head = await newestHead(db);
  const said = head === null ? null : claimedHead(head);
  if (head === null || said === null) return null;
  const rows = await db.execute<EntryRow & { place: string }>(sql`
    select ${ENTRY_COLUMNS}, t.place::text as place from audit_log l join audit_tree t on t.audit_id = l.id
    where t.place < ${said.size} and (${where}) order by l.id`);
  const former = await formerHeads(db, said.size, since);
  const sizes = [...former, ...standing([...rows]).flatMap((text) => claimedHead(text) ?? [])];
  const nodes = await nodesOf(db, [
    ...[...rows].flatMap(({ place }) => inclusionPath(Number(place), said.size)),
    ...sizes.filter(({ size }) => size <= said.size).flatMap(({ size }) => consistencyPath(size, said.size)),
  ]);
  if (nodes === null) return null;
  const entries = [...rows].map((row) => ({ place: Number(row.place), entry: entryLine(row) }));
  return { keys: await logKeys(db), head, former, entries, nodes };
}

async function formerHeads(db: Db, size: number, since: number | null): Promise<ProvenEntries["former"]> {
  const rows = await db.execute<{ head: string }>(sql`
    select head from (
      (select size, head from audit_heads order by size desc limit ${LATEST})
      union (select distinct on (at::date) size, head from audit_heads order by at::date desc, size desc limit ${DAYS})
      union (select h.size, h.head from audit_heads h join witnessed_heads using (size))) as h
    where size < ${size} order by size`);
  const former = [...rows].flatMap(({ head }) => claimedHead(head) ?? []);
  if (since !== null && since > 0 && since < size && former.every((one) => one.size !== since)) {
    const root = await rootAt(db, since);
    if (root !== null) former.push({ size: since, root, at: "" });
  }
  return former.map(({ size: of, root }) => ({ size: of, root })).sort((one, other) => one.size - other.size);
}

async function nodesOf(db: Db, spans: readonly Span[]): Promise<Record<string, string> | null> {
  const wanted = new Map(spans.map((span) => [span.join("-"), span]));
  const hashes = await hashesOf(db, [...wanted.values()]);
  if (hashes.includes(null)) return null;
  return Object.fromEntries([...wanted.keys()].map((name, at) => [name, hashes[at] as string]));
}
