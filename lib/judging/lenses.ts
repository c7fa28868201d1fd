import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client, Db } from "@/db/connection/client";
import { elected } from "@/db/connection/elected";
import type { Tx } from "@/db/connection/transaction";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import { lensOf } from "@/lib/attribution/lens";
import type { Policy } from "@/lib/attribution/policy";
import { MODELS, type Model } from "@/lib/attribution/vocabulary";
import { inBatch } from "./batches";
import { type CohortReader, cohortOf, readCohorts, readShares } from "./cohorts";
import { readDocuments, setMedians } from "./facts";
import { staleOn } from "./living-row";
import { policyInForce } from "./policy-book";

/**
 * The deals through the lenses of the policy in force, kept so that the whole portfolio is looked through at
 * once: a first pass over all deals, and then only those that were judged again since, which judging leaves
 * in a queue, and those that time alone has changed.
 */
export interface LensState {
  judged: number;
  total: number;
  /** All deals have been looked at under the policy in force. */
  finished: boolean;
  /** And nothing has changed since. */
  fresh: boolean;
}

/** The policy's own model and the other three with its settings (§5). */
export function lensesOf(policy: Policy): Record<Model, Policy> {
  return Object.fromEntries(MODELS.map((model) => [model, lensOf(model, policy)])) as Record<Model, Policy>;
}

const BATCH = 500;

export async function lensState(db: Db, today: Day): Promise<LensState> {
  const { hash } = await policyInForce(db, today);
  const [row] = await db.execute<{ judged: number; total: number; finished: boolean; waiting: boolean }>(sql`
    select judged, total, finished_at is not null as finished,
      exists (select from lens_queue) or exists (select from lens_deals where stale_on <= ${today}::date) as waiting
    from lens_runs where lens = ${hash}`);
  if (!row) return { judged: 0, total: 0, finished: false, fresh: false };
  const { judged, total, finished, waiting } = row;
  return { judged, total, finished, fresh: finished && !waiting };
}

/**
 * Brings the kept lenses up to `today`, for as long as `milliseconds` allow; one process does it at a time.
 * The next call goes on where this one stopped.
 */
export async function keepLenses(
  client: Client,
  today: Day,
  milliseconds = Number.POSITIVE_INFINITY,
): Promise<void> {
  const until = Date.now() + milliseconds;
  const context = { actor: "system:judge", request: randomUUID() };
  // Somebody waits for the answer: what fails is left to the next who asks.
  const patience = Number.isFinite(milliseconds) ? { deadlineMs: 30_000, pausesMs: [] } : {};
  let medians: CohortReader | undefined;
  for (;;) {
    const state = await lensState(client.db, today);
    if (state.fresh) return;
    // The first pass compares every deal with its cohort: those are read once for all of it.
    if (!state.finished) medians ??= await readCohorts(client.db, today);
    const went = await inBatch(client, context, (tx) => step(tx, today, medians), patience);
    if (!went || Date.now() >= until) return;
  }
}

/** One batch of the first pass, or of what has changed since; false when another process is at it. */
async function step(tx: Tx, today: Day, medians: CohortReader | undefined): Promise<boolean> {
  if (!(await elected(tx, "lens_runs"))) return false;
  const { policy, hash } = await policyInForce(tx, today);
  const run = await openRun(tx, hash);
  if (run.finished) {
    await look(tx, await takeWaiting(tx, today), today, policy);
    return true;
  }
  const rows = await tx.execute<{ id: string }>(
    sql`select id from deals where id > ${run.cursor ?? ""} order by id limit ${BATCH}`,
  );
  const ids = [...rows].map(({ id }) => id);
  await look(tx, ids, today, policy, medians);
  await tx.execute(sql`
    update lens_runs set cursor = ${ids.at(-1) ?? run.cursor}, judged = judged + ${ids.length},
      finished_at = case when ${ids.length < BATCH}::boolean then now() end
    where lens = ${hash}`);
  return true;
}

interface Run extends Record<string, unknown> {
  cursor: string | null;
  finished: boolean;
}

/** The run of a policy's lenses; another policy's makes room. */
async function openRun(tx: Tx, lens: string): Promise<Run> {
  const [known] = await tx.execute<Run>(
    sql`select cursor, finished_at is not null as finished from lens_runs where lens = ${lens}`,
  );
  if (known) return known;
  await tx.execute(sql`delete from lens_runs`);
  await tx.execute(sql`delete from lens_queue`);
  await tx.execute(sql`insert into lens_runs (lens, total) select ${lens}, count(*) from deals`);
  return { cursor: null, finished: false };
}

async function takeWaiting(tx: Tx, today: Day): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with taken as (
      delete from lens_queue where seq in (select seq from lens_queue order by seq limit ${BATCH}) returning deal_id
    )
    select deal_id as id from taken
    union (select deal_id from lens_deals where stale_on <= ${today}::date limit ${BATCH}) order by 1`);
  return [...rows].map(({ id }) => id);
}

/** Looks at deals through all four lenses and keeps what each shows. */
async function look(
  tx: Tx,
  ids: readonly string[],
  today: Day,
  policy: Policy,
  given?: CohortReader,
): Promise<void> {
  if (ids.length === 0) return;
  const loaded = await readDocuments(tx, ids, today);
  const documents = loaded.map(({ facts }) => facts);
  setMedians(documents, today, given ?? (await readShares(tx, documents, [])));
  const lenses = lensesOf(policy);
  const rows = loaded.map(({ facts, closedOn }) => ({
    deal_id: facts.deal.id,
    ...Object.fromEntries(MODELS.map((model) => [model, classify(lenses[model], facts).outcome])),
    amount: facts.deal.amount,
    currency: facts.deal.currency,
    created_on: facts.deal.createdOn,
    closed_on: facts.deal.closedOn,
    cohort: comparedWith(facts),
    stale_on: staleOn(facts, closedOn),
  }));
  await tx.execute(sql`
    insert into lens_deals (deal_id, two_bucket, triple_tier, roi_buckets, lanes, amount, currency, created_on,
      closed_on, cohort, stale_on)
    select deal_id, two_bucket, triple_tier, roi_buckets, lanes, amount, currency, created_on, closed_on, cohort, stale_on
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (deal_id text, two_bucket outcome,
      triple_tier outcome, roi_buckets outcome, lanes outcome, amount bigint, currency char(3), created_on date,
      closed_on date, cohort text, stale_on date)
    on conflict (deal_id) do update set (two_bucket, triple_tier, roi_buckets, lanes, amount, currency, created_on,
      closed_on, cohort, stale_on) = (excluded.two_bucket, excluded.triple_tier, excluded.roi_buckets,
      excluded.lanes, excluded.amount, excluded.currency, excluded.created_on, excluded.closed_on, excluded.cohort,
      excluded.stale_on)`);
}

/** Only a won deal with somebody on it is compared with its cohort (§4 accelerated). */
function comparedWith({ deal, registrations, roles, activities, rulings }: Facts): string | null {
  const named = registrations.length + roles.length + activities.length + rulings.length;
  return deal.outcome === "won" && named > 0 ? cohortOf(deal) : null;
}
