import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { ENTRY_COLUMNS, type EntryRow, entryLine } from "./entry";
import type { Head } from "./head";
import { hashesOf } from "./nodes";
import { consistencyPath, inclusionPath, isIncluded, leafHash } from "./tree";

/** What shows an outsider that an entry is in the log of a head, without the rest of the log. */
export interface Proof {
  /** The text whose bytes are the entry in the tree (lib/audit/entry.ts). */
  entry: string;
  /** Its place, from 0. */
  place: number;
  /** The nodes beside its way to the root, the nearest first (RFC 9162 §2.1.3). */
  path: string[];
}

/** The proof of an entry in a head; null when the head does not hold it, or not as it stands now. */
export async function proofOf(db: Db, id: number, head: Head): Promise<Proof | null> {
  const [row] = await db.execute<EntryRow & { place: string }>(sql`
    select ${ENTRY_COLUMNS}, t.place::text as place from audit_log l join audit_tree t on t.audit_id = l.id
    where l.id = ${id} and t.place < ${head.size}`);
  if (!row) return null;
  const proof = { entry: entryLine(row), place: Number(row.place) };
  const path = await hashesOf(db, inclusionPath(proof.place, head.size));
  if (path.includes(null)) return null;
  const whole = { ...proof, path: path as string[] };
  return isIncluded(leafHash(whole.entry), whole.place, head, whole.path) ? whole : null;
}

/** What shows that the log of one head is the beginning of a later one's (RFC 9162 §2.1.4); null where nodes are missing. */
export async function consistencyOf(db: Db, first: number, second: number): Promise<string[] | null> {
  const path = await hashesOf(db, consistencyPath(first, second));
  return path.includes(null) ? null : (path as string[]);
}
