// Long: one deal after an edit and all deals under a policy are judged by one path, told from end to end.
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import type { Tx } from "@/db/connection/transaction";
import { classify } from "@/lib/attribution/classify";
import { COHORT_DAYS } from "@/lib/attribution/cohort";
import type { Day, Facts } from "@/lib/attribution/facts";
import { addDays } from "@/lib/calendar";
import { inBatch, type Patience } from "./batches";
import { type CohortReader, type CohortShare, cohortOf, cohortShare, readShares } from "./cohorts";
import { knownExceptions, saveExceptions } from "./exceptions";
import { type LoadedDeal, loadFacts, readDocuments, setMedians } from "./facts";
import { keepHeld } from "./gone";
import { heldDocuments } from "./held";
import { calendarIn, companyCalendar } from "./log-quarter";
import { asksForCohort, type PolicyBook, policyBook } from "./policy-book";
import { projected, reconcile, toldOfClosed } from "./reconciled";
import { type Judged, savedOf, savedProjection, saveJudged, takeFromTallies } from "./save";

/** Judging under other policies than the company's, for tests and lenses. */
export interface JudgeOptions {
  policies?: PolicyBook;
  /** The facts mirror what another system recorded, each with its day (exceptions.ts). */
  mirrors?: boolean;
  /** The caller holds the deals' rows locked, in order of id. */
  locked?: boolean;
}

const BATCH = 500;

/**
 * Judges deals on `asOf` inside the transaction that changed them, and saves what changed: the deals
 * themselves and, where the policy compares deals with their cohort, those whose cohort they joined,
 * left or changed. Locks the deals' rows first, so that of two writers the later judges with the facts
 * of both. Unknown ids are passed over.
 */
export async function judgeDeals(
  tx: Tx,
  dealIds: readonly string[],
  asOf: Day,
  { policies: given, ...options }: JudgeOptions = {},
): Promise<void> {
  const policies = given ?? (await policyBook(tx));
  const ids = [...new Set(dealIds)].sort();
  for (let from = 0; from < ids.length; from += BATCH) {
    await judgeBatch(tx, ids.slice(from, from + BATCH), asOf, policies, { ...options, withNeighbours: true });
  }
}

/** How one batch is judged. */
export interface BatchOptions extends Omit<JudgeOptions, "policies"> {
  /** Also those that the batch's cohort shares move. */
  withNeighbours?: boolean;
  /** Where medians come from; what judging has saved of the cohorts unless told. */
  medians?: CohortReader;
}

/** Judges one batch in its transaction: one statement loads all that it asks for, one saves it. */
export async function judgeBatch(
  tx: Tx,
  ids: readonly string[],
  asOf: Day,
  policies: PolicyBook,
  { withNeighbours = false, mirrors = false, locked = false, medians }: BatchOptions = {},
): Promise<void> {
  if (!locked) await lockDeals(tx, ids);
  const loaded = await readDocuments(tx, ids, asOf, [
    savedProjection(ids),
    knownExceptions(ids),
    companyCalendar(ids),
    heldDocuments(ids),
    toldOfClosed(ids),
  ]);
  if (policies.comparesCohorts) await compare(tx, loaded, asOf, medians);
  const judged = await judge(tx, loaded, policies);
  await saveJudged(tx, judged);
  await saveExceptions(tx, judged, policies, { mirrors });
  const moved = loaded.flatMap(movedShares);
  await leaveToLenses(tx, moved);
  if (!withNeighbours || !policies.comparesCohorts) return;
  await judgeNeighbours(tx, moved, ids, asOf, policies);
}

/** Gives the deals that can be compared the medians of their cohorts. */
async function compare(
  tx: Tx,
  loaded: readonly LoadedDeal[],
  asOf: Day,
  given?: CohortReader,
): Promise<void> {
  if (loaded.some((one) => savedOf(one)?.cohort || one.facts.deal.outcome === "won")) await lockCohorts(tx);
  const documents = loaded.map(({ facts }) => facts);
  const compared = documents.filter(comparesItself);
  if (compared.length === 0) return;
  const ids = documents.map(({ deal }) => deal.id);
  setMedians(compared, asOf, given ?? (await readShares(tx, documents, ids)));
}

/** Deals that these shares are compared with are looked at through the lenses again (lenses.ts). */
async function leaveToLenses(tx: Tx, moved: readonly CohortShare[]): Promise<void> {
  const spans = [...daysByCohort(moved)].map(([cohort, days]) => ({ cohort, ...days }));
  if (spans.length === 0) return;
  await tx.execute(sql`
    insert into lens_queue (deal_id) select l.deal_id
    from json_to_recordset(${JSON.stringify(spans)}::text::json) as s (cohort text, "from" date, "to" date)
    join lens_deals l on l.cohort = s.cohort and l.closed_on between s."from" and s."to"`);
}

/** Neighbours have partners, so they lend nothing to a cohort themselves: it ends with them. */
async function judgeNeighbours(
  tx: Tx,
  moved: readonly CohortShare[],
  except: readonly string[],
  asOf: Day,
  policies: PolicyBook,
): Promise<void> {
  const neighbours = await cohortNeighbours(tx, moved, new Set(except), asOf, policies);
  for (let from = 0; from < neighbours.length; from += BATCH) {
    await judgeBatch(tx, neighbours.slice(from, from + BATCH), asOf, policies);
  }
}

/**
 * Removes deals by `remove` and judges those that were compared with them (§2 cohort). What a seal holds counts on
 * until its deletion is accepted (gone.ts).
 */
export async function judgeRemoval(
  tx: Tx,
  dealIds: readonly string[],
  asOf: Day,
  remove: () => Promise<void>,
  { policies: given }: JudgeOptions = {},
): Promise<void> {
  const policies = given ?? (await policyBook(tx));
  if (policies.comparesCohorts) await lockCohorts(tx);
  const shares: CohortShare[] = [];
  const left: string[] = [];
  for (let from = 0; from < dealIds.length; from += BATCH) {
    const ids = dealIds.slice(from, from + BATCH);
    const loaded = await readDocuments(tx, ids, asOf, [savedProjection(ids), companyCalendar(ids)]);
    const saved = loaded.flatMap((one) => savedOf(one) ?? []);
    const held = await keepHeld(tx, ids);
    await takeFromTallies(
      tx,
      calendarIn(loaded).year,
      saved.filter(({ id }) => !held.has(id)),
      saved.filter(({ id }) => held.has(id)),
    );
    left.push(...ids.filter((id) => !held.has(id)));
    shares.push(...saved.map(({ cohort, cohortOn, cycleDays }) => shareOf(cohort, cohortOn, cycleDays)));
  }
  await remove();
  await tx.execute(sql`delete from judged_deals where deal_id = any(${sql.param(left)}::text[])`);
  await leaveToLenses(tx, shares);
  if (policies.comparesCohorts) await judgeNeighbours(tx, shares, dealIds, asOf, policies);
}

async function judge(tx: Tx, loaded: readonly LoadedDeal[], policies: PolicyBook): Promise<Judged[]> {
  const judged = loaded.map((one) => {
    const { facts } = one;
    const { policy, hash } = policies.judging(facts.deal, facts.asOf);
    return { loaded: one, facts, policy, result: classify(policy, facts), policyHash: hash };
  });
  const reconciled = await reconcile(tx, judged);
  return judged.map((one, at) => ({ ...one, reconciled: projected(one.loaded, reconciled[at]!) }));
}

/** Only a won deal with somebody on it can be accelerated (§4). */
function comparesItself({ deal, registrations, roles, activities, rulings }: Facts): boolean {
  return (
    deal.outcome === "won" && registrations.length + roles.length + activities.length + rulings.length > 0
  );
}

/** Locks in order of id, which is everybody's order. */
async function lockDeals(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.execute(
    sql`select from deals where id = any(${sql.param(ids)}::text[]) order by id for no key update`,
  );
}

/**
 * One transaction at a time decides about cohorts: of two at once, one closing a direct deal and one
 * closing a deal compared with it, neither would see the other.
 */
async function lockCohorts(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('judged_deals.cohort'))`);
}

const shareOf = (cohort: string | null, cohort_on: Day | null, cycle_days: number | null): CohortShare => ({
  ...{ cohort, cohort_on },
  cycle_days: cohort === null ? null : cycle_days,
});

/** The share that came, went or changed, the old and the new. */
function movedShares(loaded: LoadedDeal): CohortShare[] {
  const saved = savedOf(loaded);
  const was = shareOf(saved?.cohort ?? null, saved?.cohortOn ?? null, saved?.cycleDays ?? null);
  const is = cohortShare(loaded.facts);
  const same = was.cohort === is.cohort && was.cohort_on === is.cohort_on && was.cycle_days === is.cycle_days;
  return same ? [] : [was, is];
}

/**
 * Ids of the other deals whose cohort these shares are in: won, with a partner, of the same type,
 * currency and band, closed on the share's day or in the year after it (domain.md §2 cohort).
 */
async function cohortNeighbours(
  tx: Tx,
  shares: readonly CohortShare[],
  except: ReadonlySet<string>,
  asOf: Day,
  policies: PolicyBook,
): Promise<string[]> {
  const found = new Set<string>();
  for (const [cohort, days] of daysByCohort(shares)) {
    const [type, currency] = cohort.split("/");
    const rows = await tx.execute<{ deal_id: string }>(sql`
      select d.id as deal_id from deals d
      where d.outcome = 'won' and d.type = ${type}::deal_type and d.currency = ${currency}
        and d.closed_on between ${days.from}::date and ${days.to}::date and d.closed_on <= ${asOf}::date
        and exists (select from partner_outcomes p where p.deal_id = d.id)`);
    const candidates = rows.map(({ deal_id }) => deal_id).filter((id) => !except.has(id));
    const facts = await loadFacts(tx, candidates, asOf, { cohorts: "none" });
    for (const document of facts) {
      const { id, closedOn } = document.deal;
      if (closedOn === null || cohortOf(document.deal) !== cohort) continue;
      if (asksForCohort(policies.judging(document.deal, asOf).policy)) found.add(id);
    }
  }
  return [...found].sort();
}

/** For each cohort the days on which a deal that closed then sees one of the shares. */
function daysByCohort(shares: readonly CohortShare[]): Map<string, { from: Day; to: Day }> {
  const days = new Map<string, { from: Day; to: Day }>();
  for (const { cohort, cohort_on } of shares) {
    if (cohort === null || cohort_on === null) continue;
    const to = addDays(cohort_on, COHORT_DAYS - 1);
    const known = days.get(cohort);
    days.set(cohort, {
      from: known && known.from < cohort_on ? known.from : cohort_on,
      to: known && known.to > to ? known.to : to,
    });
  }
  return days;
}

/** For a judging that somebody waits for, who can ask again. */
const AWAITED: Patience = { deadlineMs: 30_000, pausesMs: [200, 1_000] };

/**
 * Judges again what time alone has changed by `today`: open deals with a partner, facts and close days
 * that were still to come. Processes take turns, so that none answers before it is done. Costs one index
 * look-up when there is nothing to do.
 *
 * @returns the number of deals judged by this call
 */
export async function judgeStale(client: Client, today: Day, options: JudgeOptions = {}): Promise<number> {
  const [stale] = await client.db.execute<{ any: boolean }>(
    sql`select exists (select from judged_deals where stale_on <= ${today}::date) as any`,
  );
  if (!stale?.any) return 0;
  const context = { actor: "system:judge", request: randomUUID() };
  for (let judged = 0; ; ) {
    const batch = await inBatch(
      client,
      context,
      async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext('judged_deals.stale_on'))`);
        const rows = await tx.execute<{ deal_id: string }>(sql`
        select deal_id from judged_deals where stale_on <= ${today}::date order by deal_id limit ${BATCH}`);
        const ids = rows.map(({ deal_id }) => deal_id);
        await judgeDeals(tx, ids, today, options);
        return ids.length;
      },
      AWAITED,
    );
    judged += batch;
    if (batch < BATCH) return judged;
  }
}
