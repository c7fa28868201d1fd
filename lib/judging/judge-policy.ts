import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Client, Db } from "@/db/connection/client";
import { elected } from "@/db/connection/elected";
import type { Tx } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { inBatch, inLanes, type Patience } from "./batches";
import { judgeBatch } from "./judge";
import { passOverAlike } from "./judged-alike";
import { type PolicyBook, policyBook } from "./policy-book";

/** How far the judging under a new policy is. */
export interface PolicyProgress {
  policyId: string;
  judged: number;
  total: number;
}

export interface JudgePolicyOptions extends Patience {
  batchSize?: number;
  onProgress?: (progress: PolicyProgress) => void;
}

/** Deals between two marks of how far it is. */
const STEP = 4_000;
const BATCH = 500;
/** A step waits for its batches, each of which may be tried anew. */
const STEP_TAKES_MS = 20 * 60_000;

/**
 * Judges again every deal that a policy which came into force by `today` judges and another one judged so
 * far: the open ones and, on the first agreement's first day, those closed since it reaches back to (§5). A batch a
 * transaction, two at a time; what moves is kept beside the outcomes. One process does it at a time, and whoever calls
 * next goes on where a killed one stopped: what that one had judged since its last mark is not of another policy any
 * more. Costs one look-up when nothing is due.
 *
 * @returns the number of deals judged by this call
 */
export async function judgeNewPolicy(
  client: Client,
  today: Day,
  { batchSize = STEP, onProgress, ...patience }: JudgePolicyOptions = {},
): Promise<number> {
  const context = { actor: "system:judge", request: randomUUID() };
  let judged = 0;
  while (await duePolicy(client.db, today)) {
    if (!(await inBatch(client, context, (tx) => beginRun(tx, today), patience))) break;
    const judgeThem: JudgeThem = (ids, run) =>
      inLanes(
        chunksOf(ids),
        async (chunk) => {
          const left = await inBatch(client, context, (tx) => passCounted(tx, chunk, today, run), patience);
          if (left.length > 0)
            await inBatch(client, context, (tx) => judgeCounted(tx, left, today, run), patience);
        },
        () => {},
      );
    const step = await inBatch(client, context, (tx) => judgeStep(tx, today, batchSize, judgeThem), {
      ...patience,
      deadlineMs: STEP_TAKES_MS,
    });
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

async function* chunksOf(ids: readonly string[]): AsyncGenerator<readonly string[]> {
  for (let from = 0; from < ids.length; from += BATCH) yield ids.slice(from, from + BATCH);
}

/** The run of a policy, and the policies that judge in it. */
interface Run {
  policyId: string;
  policies: PolicyBook;
}

type JudgeThem = (ids: readonly string[], run: Run) => Promise<void>;

/** Passes over those that the run's policies judge alike, with their count; gives the others. */
async function passCounted(
  tx: Tx,
  ids: readonly string[],
  today: Day,
  { policyId, policies }: Run,
): Promise<string[]> {
  const { alike, left } = await passOverAlike(tx, ids, today, policies);
  if (alike > 0) await count(tx, alike, policyId);
  return left;
}

/** Some deals of a run, with their count. */
async function judgeCounted(
  tx: Tx,
  ids: readonly string[],
  today: Day,
  { policyId, policies }: Run,
): Promise<void> {
  await judgeBatch(tx, ids, today, policies);
  await count(tx, ids.length, policyId);
}

/** Comes last in a transaction, so that two at once wait for each other no longer than the commit. */
async function count(tx: Tx, deals: number, policyId: string): Promise<void> {
  await tx.execute(sql`update judging_runs set judged = judged + ${deals} where policy_id = ${policyId}`);
}

/** The deals that another policy judged than the one that judges them on `today`. */
const ofOthers = (policies: PolicyBook, today: Day) => sql`
  from deals d left join judged_deals o on o.deal_id = d.id
  where o.policy_hash is distinct from ${judgingHash(policies, today)}`;

/**
 * Begins the run that is due, with what it has to do counted; one that was overtaken is over.
 *
 * @returns false when another process is at it, or nothing is due
 */
async function beginRun(tx: Tx, today: Day): Promise<boolean> {
  const policyId = (await elected(tx, "judging_runs")) ? await duePolicy(tx, today) : null;
  if (policyId === null) return false;
  const [run] = await tx.execute<{ begun: boolean }>(
    sql`select cursor is not null or judged > 0 as begun from judging_runs where policy_id = ${policyId}`,
  );
  if (run?.begun) return true;
  await tx.execute(sql`
    update judging_runs r set finished_at = now() from policies p, policies q
    where p.id = r.policy_id and q.id = ${policyId} and r.finished_at is null
      and lower(p.period) < lower(q.period)`);
  await tx.execute(sql`
    insert into judging_runs (policy_id, total) select ${policyId}, count(*) ${ofOthers(await policyBook(tx), today)}
    on conflict (policy_id) do update set total = excluded.total, started_at = now()`);
  return true;
}

/**
 * One step of a run that was begun; null when another process is at it, or it is done. Its deals are judged and counted in
 * transactions of their own while this one holds the election, and nothing else that they ask for; the mark is moved
 * once they are through.
 */
async function judgeStep(tx: Tx, today: Day, size: number, judgeThem: JudgeThem): Promise<Step | null> {
  const policyId = (await elected(tx, "judging_runs")) ? await duePolicy(tx, today) : null;
  if (policyId === null) return null;
  const policies = await policyBook(tx);
  const [run] = await tx.execute<{ cursor: string | null }>(
    sql`select cursor from judging_runs where policy_id = ${policyId}`,
  );
  const rows = await tx.execute<{ id: string }>(
    sql`select d.id ${ofOthers(policies, today)} and d.id > ${run?.cursor ?? ""} order by d.id limit ${size}`,
  );
  const ids = [...rows].map(({ id }) => id);
  await judgeThem(ids, { policyId, policies });
  // Deals that came or were judged meanwhile make the count differ from what was foreseen.
  const finished = ids.length < size;
  const [now] = await tx.execute<{ judged: number; total: number }>(sql`
    update judging_runs set cursor = coalesce(${ids.at(-1) ?? null}, cursor),
      total = case when ${finished}::boolean then judged else greatest(total, judged) end,
      finished_at = case when ${finished}::boolean then now() end
    where policy_id = ${policyId} returning judged, total`);
  return { deals: ids.length, progress: { policyId, ...now! } };
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
