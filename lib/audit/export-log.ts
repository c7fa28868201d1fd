import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { eachPlaced, entryLine } from "./entry";
import { claimedHead, logKeys, newestHead } from "./head";

/** A file of an export: JSON lines, each without its end. */
export interface LogFile {
  name: string;
  lines: AsyncIterable<string>;
}

/** What an export is of: no more than its newest head covers, so that all of it is signed. */
interface Covered {
  size: number;
  /** Id of the last entry. */
  last: string;
}

/**
 * An export of the audit log and of what stands on it, for the verifier (scripts/verifier/README.md): the
 * entries as the bytes that the tree is over, their leaves, heads, keys, policies and compensation plans with their signatures, seals, receipts.
 */
export async function* logFiles(db: Db): AsyncGenerator<LogFile> {
  const head = await newestHead(db);
  const size = head === null ? 0 : (claimedHead(head)?.size ?? 0);
  const [row] = await db.execute<{ id: string }>(
    sql`select audit_id::text as id from audit_tree where level = 0 and place = ${size - 1}`,
  );
  const covered = { size, last: row?.id ?? "0" };
  const [young] = await db.execute(
    sql`select from audit_log where action = 'erase-person' and id > ${covered.last}::bigint limit 1`,
  );
  // What it erased is gone, and its entry would not be in the export.
  if (young)
    throw new Error(
      "somebody was erased a moment ago, and no head covers it yet: try again in a few seconds",
    );
  yield { name: "log.jsonl", lines: entries(db, covered) };
  yield { name: "people.jsonl", lines: people(db) };
  yield { name: "leaves.txt", lines: leaves(db, covered) };
  yield { name: "heads.jsonl", lines: rows(db, HEADS, size) };
  yield { name: "keys.jsonl", lines: each(await logKeys(db)) };
  yield { name: "policies.jsonl", lines: each(await db.execute(policies(covered))) };
  yield { name: "plans.jsonl", lines: each(await db.execute(plans(covered))) };
  yield { name: "receipts.jsonl", lines: each(await db.execute(receipts(covered))) };
  const seals = await db.execute<{ quarter: string }>(sealed(covered));
  yield { name: "seals.jsonl", lines: each(seals) };
  for (const { quarter } of seals) yield { name: `seals/${quarter}.jsonl`, lines: seal(db, quarter) };
}

/**
 * What stands on the log is cut where the log is: without what an entry tells of that is too young for the head. What no
 * entry tells of stays in, for the verifier to find.
 */
const tooYoung = ({ last }: Covered, entry: SQL) =>
  sql`exists (select from audit_log l where l.id > ${last}::bigint and ${entry})`;

const signaturesOf = (
  covered: Covered,
  table: "signatures" | "compensation_signatures",
  document: string,
) => {
  const id = sql.raw(document);
  const entry = sql`l.subject_kind = 'signature' and l.subject_id = ${id} || ' ' || s.seat`;
  return sql`coalesce((
    select json_agg(json_build_object('seat', seat, 'hash', s.hash, 'head', s.log_head) order by seat)
    from ${sql.raw(table)} s where ${id} = p.id and not ${tooYoung(covered, entry)}), '[]')`;
};
const policies = (covered: Covered) => sql`
  select id, hash, canonical as text, ${signaturesOf(covered, "signatures", "s.policy_id")} as signatures
  from policies p where hash is not null order by id`;
const plans = (covered: Covered) => sql`
  select id, hash, canonical as text, ${signaturesOf(covered, "compensation_signatures", "s.plan_id")} as signatures
  from compensation_plans p order by id`;
const receipts = (covered: Covered) => sql`
  select d.id as "dealId", d.gate_receipt as receipt from deals d
  where d.gate_receipt is not null
    and not ${tooYoung(covered, sql`l.deal_id = d.id and l.after ->> 'gateReceipt' = d.gate_receipt`)} order by d.id`;
const sealed = (covered: Covered) => sql`
  select quarter, digest, log_head as head from sealed_quarters q
  where not ${tooYoung(covered, sql`l.subject_kind = 'quarter' and l.subject_id = q.quarter and l.action = 'freeze-quarter'`)}
  order by quarter`;

async function* each(values: Iterable<unknown>): AsyncGenerator<string> {
  for (const value of values) yield JSON.stringify(value);
}

async function* entries(db: Db, { last }: Covered): AsyncGenerator<string> {
  for await (const batch of eachPlaced(db, last)) for (const row of batch) yield entryLine(row);
}

/** What entries say of people, kept beside them: the mark in the entry is of it. */
async function* people(db: Db, batch = 5_000): AsyncGenerator<string> {
  for (let after = ""; ; ) {
    const found = await db.execute<{ mark: string; salt: string; value: unknown }>(sql`
      select mark, salt, value from audit_personal
      where mark > ${after} order by mark limit ${batch}`);
    for (const row of found) yield JSON.stringify(row);
    if (found.length < batch) return;
    after = found.at(-1)!.mark;
  }
}

async function* leaves(db: Db, { size }: Covered, batch = 20_000): AsyncGenerator<string> {
  for (let from = 0; from < size; from += batch) {
    const found = await db.execute<{ hash: string }>(sql`
      select hash from audit_tree where level = 0 and place >= ${from} and place < ${Math.min(from + batch, size)} order by place`);
    for (const { hash } of found) yield hash;
  }
}

const HEADS = (after: number, upTo: number, batch: number) => sql`
  select size::float8 as size, head from audit_heads
  where audit_heads.size > ${after} and audit_heads.size <= ${upTo} order by audit_heads.size limit ${batch}`;

async function* rows(db: Db, query: typeof HEADS, upTo: number, batch = 5_000): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const found = await db.execute<{ size: number; head: string }>(query(after, upTo, batch));
    yield* each(found);
    if (found.length < batch) return;
    after = found.at(-1)!.size;
  }
}

async function* seal(db: Db, quarter: string, batch = 500): AsyncGenerator<string> {
  const [row] = await db.execute<{ header: string }>(
    sql`select header from sealed_quarters where quarter = ${quarter}`,
  );
  yield row?.header ?? "";
  for (let after = ""; ; ) {
    const found = await db.execute<{ id: string; document: string }>(sql`
      select deal_id as id, document from sealed_deals where quarter = ${quarter} and deal_id > ${after}
      order by deal_id limit ${batch}`);
    for (const { document } of found) yield document;
    if (found.length < batch) return;
    after = found.at(-1)!.id;
  }
}
