import { createHash, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client, Db } from "@/db/connection/client";
import { elected } from "@/db/connection/elected";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { canonicalJson } from "@/lib/attribution/canonical";

/**
 * The hash chain over the audit log (domain.md §9): each entry's hash is SHA-256 over the hash before it
 * and the entry's canonical JSON, so that a stranger can verify that no entry was changed, removed or
 * slipped in. Chained in batches after the fact by whoever holds the lock; writers never wait for it.
 */

/** What the first entry follows. */
const BEGINNING = "0".repeat(64);
const BATCH = 2_000;

interface EntryRow extends Record<string, unknown> {
  id: string;
  at: string;
  actor: string;
  action: string;
  request: string;
  deal_id: string | null;
  subject_kind: string;
  subject_id: string;
  before: unknown;
  after: unknown;
}

const ENTRY_COLUMNS =
  sql.raw(`l.id::text as id, l.actor, l.action, l.request, l.deal_id, l.subject_kind, l.subject_id,
  l.before, l.after, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`);

function hashOf(previous: string, entry: EntryRow): string {
  const { id, at, actor, action, request, before, after } = entry;
  const { deal_id: dealId, subject_kind: subjectKind, subject_id: subjectId } = entry;
  const document = { id, at, actor, action, request, dealId, subjectKind, subjectId, before, after };
  return createHash("sha256").update(previous).update(canonicalJson(document)).digest("hex");
}

/**
 * Ids are given out before their transactions commit, so an entry can turn up below others that are
 * there already. A mark says: once every transaction older than `xmax` has ended, no entry up to `upTo`
 * can come any more. (A guarded transaction has its number before its first entry has an id.)
 */
interface Mark {
  upTo: string;
  xmax: string;
}

const marks = new WeakMap<Client, Mark>();

/**
 * Chains what can be chained by now, unless another process is at it. Entries whose elders may still
 * commit are left for the next call; so call it every few seconds.
 *
 * @returns the number of entries chained by this call
 */
export async function chainAudit(client: Client): Promise<number> {
  const who = { actor: "system:audit-chain", request: randomUUID(), retry: true };
  if (!marks.has(client)) marks.set(client, await guardedTransaction(client, who, readMark));
  for (let chained = 0; ; ) {
    const batch = await guardedTransaction(client, who, (tx) => chainBatch(tx, marks.get(client) as Mark));
    chained += batch.chained;
    if (batch.next) marks.set(client, batch.next);
    if (batch.chained < BATCH) return chained;
  }
}

async function readMark(tx: Tx): Promise<Mark> {
  const [mark] = await tx.execute<Mark & Record<string, unknown>>(sql`
    select coalesce((select max(id) from audit_log), 0)::text as "upTo",
      pg_snapshot_xmax(pg_current_snapshot())::text as xmax`);
  return mark as Mark;
}

/** Chains a batch up to the mark; `next` is the mark to wait for when this one is used up. */
async function chainBatch(tx: Tx, mark: Mark): Promise<{ chained: number; next: Mark | null }> {
  if (!(await elected(tx, "audit_chain"))) return { chained: 0, next: null };
  const [state] = await tx.execute<{ final: boolean }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot()) >= ${mark.xmax}::xid8 as final`,
  );
  if (!state?.final) return { chained: 0, next: null };
  // A statement of its own, after the lock: it sees what the holder before us has chained.
  const [last] = await tx.execute<{ id: string; hash: string }>(
    sql`select audit_id::text as id, hash from audit_chain order by audit_chain.audit_id desc limit 1`,
  );
  const entries = await tx.execute<EntryRow>(sql`
    select ${ENTRY_COLUMNS} from audit_log l
    where l.id > ${last?.id ?? "0"}::bigint and l.id <= ${mark.upTo}::bigint order by l.id limit ${BATCH}`);
  let hash = last?.hash ?? BEGINNING;
  const links = [...entries].map((entry) => {
    hash = hashOf(hash, entry);
    return { audit_id: entry.id, hash };
  });
  if (links.length > 0) {
    await tx.execute(sql`
      insert into audit_chain (audit_id, hash)
      select audit_id, hash from json_to_recordset(${JSON.stringify(links)}::text::json) as r (audit_id bigint, hash text)
      order by audit_id`);
  }
  return { chained: links.length, next: links.length < BATCH ? await readMark(tx) : null };
}

/** What verifying found. */
export type ChainVerdict =
  | {
      ok: true;
      /** How many entries the chain holds. */
      entries: number;
      /** Hash of the last one: whoever noted it down can see later that nothing before it was cut off. */
      lastHash: string;
      /** Entries too young to be chained yet. */
      waiting: number;
    }
  | {
      ok: false;
      /** Id of the first entry that does not hold. */
      id: number;
      /** Changed, or one before it is gone; or there without being chained, though younger ones are. */
      fault: "hash" | "unchained";
    };

/** Recomputes the whole chain in constant memory, and names the first entry that does not hold. */
export async function verifyAuditChain(db: Db): Promise<ChainVerdict> {
  let hash = BEGINNING;
  let entries = 0;
  const [end] = await db.execute<{ id: string }>(
    sql`select coalesce(max(audit_id), 0)::text as id from audit_chain`,
  );
  for (let after = "0"; ; ) {
    const rows = await db.execute<EntryRow & { hash: string | null }>(sql`
      select ${ENTRY_COLUMNS}, c.hash from audit_log l left join audit_chain c on c.audit_id = l.id
      where l.id > ${after}::bigint and l.id <= ${end?.id}::bigint order by l.id limit ${BATCH}`);
    for (const row of rows) {
      hash = hashOf(hash, row);
      if (row.hash !== hash) {
        return { ok: false, id: Number(row.id), fault: row.hash === null ? "unchained" : "hash" };
      }
    }
    entries += rows.length;
    after = rows.at(-1)?.id ?? after;
    if (rows.length < BATCH) break;
  }
  const [waiting] = await db.execute<{ count: number }>(
    sql`select count(*)::integer as count from audit_log where id > ${end?.id}::bigint`,
  );
  return { ok: true, entries, lastHash: hash, waiting: waiting?.count ?? 0 };
}
