import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Client, Db } from "@/db/connection/client";
import { elected } from "@/db/connection/elected";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { judgeBatch } from "./judge";
import { type PolicyBook, policyBook } from "./policy-book";

/** How far the judging under a new policy is. */
export interface PolicyProgress {
  policyId: string;
  judged: number;
  total: number;
}

export interface JudgePolicyOptions {
  batchSize?: number;
  onProgress?: (progress: PolicyProgress) => void;
}

const BATCH = 500;

/**
 * Judges again every deal that a policy which came into force by `today` judges and another one judged so
 * far: the open ones and, on the first agreement's first day, those closed since it reaches back to (§5). A batch a
 * transaction, in order of id; what moves is kept beside the outcomes. One process does it at a time, and
 * whoever calls next goes on where a killed one stopped. Costs one look-up when nothing is due.
 *
 * @returns the number of deals judged by this call
 */
export async function judgeNewPolicy(
  client: Client,
  today: Day,
  { batchSize = BATCH, onProgress }: JudgePolicyOptions = {},
): Promise<number> {
  const request = randomUUID();
  let judged = 0;
  while (await duePolicy(client.db, today)) {
    const context = { actor: "system:judge", request, retry: true };
    const step = await guardedTransaction(client, context, (tx) => judgeStep(tx, today, batchSize));
    if (!step) break;
    judged += step.deals;
    onProgress?.(step.progress);
  }
  return judged;
}

/**
 * Opens the run of a policy in the transaction that brings it into force. From then on whoever judges a
 * deal by it for the first time keeps what moves (save.ts), the day's first read included.
 */
export async function openJudgingRun(tx: Tx, policyId: string): Promise<void> {
  await tx.execute(sql`insert into judging_runs (policy_id, total) values (${policyId}, 0)`);
}

/** Leaves every deal to be judged by the next read: the policy that judged some of them is gone. */
export async function leaveToBeJudged(tx: Tx, today: Day): Promise<void> {
  await tx.execute(sql`
    update judged_deals j set stale_on = ${today}::date where exists (select from deals d where d.id = j.deal_id)`);
}

/**
 * Leaves the deals that `dealIds` selects to be judged by the next read, a batch a transaction: more of them had a
 * fact changed than one transaction should judge. Their versions rise, as with every write.
 */
export async function leaveDealsToBeJudged(tx: Tx, dealIds: SQL, today: Day): Promise<void> {
  await tx.execute(sql`
    with held as materialized (
      select id from deals where id in (${dealIds}) order by id for no key update
    ), raised as (
      update deals d set version = version + 1 from held where d.id = held.id
    )
    update judged_deals j set stale_on = ${today}::date from held where j.deal_id = held.id`);
}

/** The policy whose judging is due by `today` and not done; null mostly. Before its first day none is due (§5). */
async function duePolicy(db: Db, today: Day): Promise<string | null> {
  const [last] = await db.execute<{ id: string; done: boolean }>(sql`
    select p.id, r.finished_at is not null as done
    from policies p left join judging_runs r on r.policy_id = p.id
    where p.period is not null and lower(p.period) <= ${today}::date
    order by lower(p.period) desc limit 1`);
  return last && !last.done ? last.id : null;
}

interface Step {
  deals: number;
  progress: PolicyProgress;
}

interface Run extends Record<string, unknown> {
  cursor: string | null;
  judged: number;
  total: number;
}

/** One batch of the run, begun where there is none; null when another process is at it, or it is done. */
async function judgeStep(tx: Tx, today: Day, batchSize: number): Promise<Step | null> {
  const policyId = (await elected(tx, "judging_runs")) ? await duePolicy(tx, today) : null;
  if (policyId === null) return null;
  const policies = await policyBook(tx);
  const others = sql`from deals d left join judged_deals o on o.deal_id = d.id
    where o.policy_hash is distinct from ${judgingHash(policies, today)}`;
  const run = await readRun(tx, policyId, others);
  const rows = await tx.execute<{ id: string }>(
    sql`select d.id ${others} and d.id > ${run.cursor ?? ""} order by d.id limit ${batchSize}`,
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await judgeBatch(tx, ids, today, policies);
  const judged = run.judged + ids.length;
  // Deals that came or were judged meanwhile make the count differ from what was foreseen.
  const finished = ids.length < batchSize;
  const total = finished ? judged : Math.max(run.total, judged);
  await tx.execute(sql`
    update judging_runs set cursor = ${ids.at(-1) ?? run.cursor}, judged = ${judged}, total = ${total},
      finished_at = case when ${finished}::boolean then now() end
    where policy_id = ${policyId}`);
  return { deals: ids.length, progress: { policyId, judged, total } };
}

/** Where the run stands; at its first batch, counts what it has to do. One that was overtaken is over. */
async function readRun(tx: Tx, policyId: string, others: SQL): Promise<Run> {
  const [run] = await tx.execute<Run>(
    sql`select cursor, judged, total from judging_runs where policy_id = ${policyId} for update`,
  );
  if (run && run.cursor !== null) return run;
  await tx.execute(sql`
    update judging_runs r set finished_at = now() from policies p, policies q
    where p.id = r.policy_id and q.id = ${policyId} and r.finished_at is null
      and lower(p.period) < lower(q.period)`);
  const [begun] = await tx.execute<Run>(sql`
    insert into judging_runs (policy_id, total) select ${policyId}, count(*) ${others}
    on conflict (policy_id) do update set total = excluded.total, started_at = now()
    returning cursor, judged, total`);
  return begun as Run;
}

/** The hash of the policy that judges the deal `d` on `today`, as `PolicyBook.judging` has it. */
function judgingHash({ policies }: PolicyBook, today: Day): SQL {
  const day = sql`case when d.closed_on <= ${today}::date then d.closed_on else ${today}::date end`;
  const [preset, ...signed] = policies;
  const begun = signed.filter((one) => one.signed!.activeFrom <= today);
  const cases = begun
    .map(({ hash, signed, unsignedBefore }, place) => {
      const from = place === 0 ? unsignedBefore : signed!.activeFrom;
      return sql`when ${day} >= ${from}::date then ${hash}`;
    })
    .toReversed();
  const fallback = sql`${preset?.hash}::text`;
  return cases.length === 0 ? fallback : sql`case ${sql.join(cases, sql` `)} else ${fallback} end`;
}
