import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { elected } from "@/db/connection/elected";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { auditHeads } from "@/db/schema/audit";
import { publicHalf, signingKeys } from "@/lib/auth/signing-keys";
import { ENTRY_COLUMNS, type EntryRow, entryLine, INSTANT } from "./entry";
import { claimedHead, type Head, newestHead, signHead } from "./head";
import { isKept, rootAt, subtreeHashes } from "./nodes";
import { standingHeads } from "./standing";
import { Growing, leafHash, subtreesOf } from "./tree";

/**
 * The tree over the audit log (domain.md §9), grown in batches after the fact by whoever holds the lock; writers
 * never wait for it. Each batch ends with a head, signed, that is consistent with the heads that stand.
 */
const BATCH = 2_000;

/**
 * Ids are given out before their transactions commit, so an entry can turn up below others that are
 * there already. A mark says: once every transaction older than `xmax` has ended, no entry up to `upTo`
 * can come any more. (A guarded transaction has its number before its first entry has an id.)
 */
interface Mark {
  upTo: string;
  xmax: string;
}

/** What a process remembers of a log: a database that forgot some of it says less than was signed here. */
interface Memory {
  mark: Mark;
  signed: Head | null;
  /** Heads elsewhere that were found to hold. */
  held: Set<string>;
}

const memories = new WeakMap<Client, Memory>();

/** The log is not what was signed of it, so nothing more of it is signed: somebody must look. */
export class LogBroken extends Error {}

/**
 * Takes into the tree what can be by now, unless another process is at it. Entries whose elders may still
 * commit are left for the next call; so call it every few seconds.
 *
 * @returns the number of entries taken in by this call
 * @throws LogBroken when the log that is there is not the beginning of what was signed
 */
export async function growLog(client: Client): Promise<number> {
  const who = { actor: "system:audit-log", request: randomUUID(), retry: true };
  const known = memories.get(client);
  const memory = known ?? {
    mark: await guardedTransaction(client, who, readMark),
    signed: null,
    held: new Set(),
  };
  memories.set(client, memory);
  for (let grown = 0; ; ) {
    const batch = await guardedTransaction(client, who, (tx) => growByBatch(tx, memory));
    grown += batch.grown;
    if (batch.next) memory.mark = batch.next;
    if (batch.signed) memory.signed = batch.signed;
    if (batch.grown < BATCH) return grown;
  }
}

async function readMark(tx: Tx): Promise<Mark> {
  const [mark] = await tx.execute<Mark & Record<string, unknown>>(sql`
    select coalesce((select max(id) from audit_log), 0)::text as "upTo",
      pg_snapshot_xmax(pg_current_snapshot())::text as xmax`);
  return mark as Mark;
}

interface Batch {
  grown: number;
  /** The mark to wait for when this one is used up. */
  next: Mark | null;
  signed: Head | null;
}

async function growByBatch(tx: Tx, memory: Memory): Promise<Batch> {
  const nothing = { grown: 0, next: null, signed: null };
  if (!(await elected(tx, "audit_log"))) return nothing;
  const [state] = await tx.execute<{ final: boolean }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot()) >= ${memory.mark.xmax}::xid8 as final`,
  );
  if (!state?.final) return nothing;
  // A statement of its own, after the lock: it sees what the holder before us has taken in.
  const [last] = await tx.execute<{ id: string; place: string }>(
    sql`select t.audit_id::text as id, t.place::text as place from audit_tree t where t.level = 0 order by t.place desc limit 1`,
  );
  const entries = await tx.execute<EntryRow>(sql`
    select ${ENTRY_COLUMNS} from audit_log l
    where l.id > ${last?.id ?? "0"}::bigint and l.id <= ${memory.mark.upTo}::bigint order by l.id limit ${BATCH}`);
  const next = entries.length < BATCH ? await readMark(tx) : null;
  if (entries.length === 0) return { ...nothing, next };
  const tree = await treeAsSigned(tx, last ? Number(last.place) + 1 : 0, memory);
  await addLeaves(tx, tree, [...entries]);
  return { grown: entries.length, next, signed: await signNow(tx, tree) };
}

/** The tree that stands, if it is the one that was signed, and every head that stands elsewhere is its beginning. */
async function treeAsSigned(tx: Tx, size: number, { signed, held }: Memory): Promise<Growing> {
  const hashes = await subtreeHashes(tx, subtreesOf([0, size]));
  if (hashes.includes(null)) throw new LogBroken(`the audit log's tree of ${size} entries has holes`);
  const tree = new Growing(size, hashes as string[]);
  const newest = await newestHead(tx);
  const head = newest === null ? null : claimedHead(newest);
  if ((head?.size ?? 0) !== size || (head !== null && head.root !== tree.root()))
    throw new LogBroken(`the audit log's ${size} entries are not those of its newest head`);
  const elsewhere = (await standingHeads(tx)).filter((one) => !held.has(one.head));
  const standing = elsewhere.map(({ on, head }) => ({ on, head, says: claimedHead(head) }));
  const mine = { on: "this server's own memory", head: "", says: signed };
  for (const { on, head, says } of signed ? [mine, ...standing] : standing) {
    if (says === null || says.size > size || (await rootAt(tx, says.size)) !== says.root)
      throw new LogBroken(`the audit log is not what its head in ${on} says it was`);
    held.add(head);
  }
  return tree;
}

async function addLeaves(tx: Tx, tree: Growing, entries: readonly EntryRow[]): Promise<void> {
  const rows: { level: number; place: number; hash: string; audit_id: string | null }[] = [];
  for (const entry of entries) {
    tree.add(leafHash(entryLine(entry)), ({ level, place }, hash) => {
      if (isKept(level)) rows.push({ level, place, hash, audit_id: level === 0 ? entry.id : null });
    });
  }
  await tx.execute(sql`
    insert into audit_tree (level, place, hash, audit_id)
    select level, place, hash, audit_id from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as r (level smallint, place bigint, hash text, audit_id bigint) order by level, place`);
}

async function signNow(tx: Tx, tree: Growing): Promise<Head> {
  const keys = signingKeys().map(publicHalf);
  await tx.execute(sql`
    insert into audit_keys (kid, x, endorsed)
    select kid, x, endorsed from json_to_recordset(${JSON.stringify(keys)}::text::json) as r (kid text, x text, endorsed text)
    on conflict do nothing`);
  const [now] = await tx.execute<{ at: string }>(
    sql`select to_char(now() at time zone 'UTC', ${INSTANT}) as at`,
  );
  const head = { size: tree.size, root: tree.root(), at: now!.at };
  await tx.insert(auditHeads).values({ size: head.size, head: await signHead(head) });
  return head;
}
