import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { amountBand, COHORT_DAYS, type CohortDeal, cellKey, cohortIndex } from "@/lib/attribution/cohort";
import type { Day, DealFacts, Facts } from "@/lib/attribution/facts";
import type { DealType } from "@/lib/attribution/vocabulary";
import { addDays, daysBetween } from "@/lib/calendar";

/** Median cycle of the deals comparable to `deal` on `day`, in whole or half days (domain.md §2 cohort). */
export type CohortReader = (deal: Pick<DealFacts, "type" | "amount" | "currency">, day: Day) => number | null;

export const NO_COHORTS: CohortReader = () => null;

/** What a won deal without partner lends to its cohort (domain.md §2). */
export interface CohortShare {
  /** Type, currency and amount band; null when it lends nothing. */
  cohort: string | null;
  cohort_on: Day | null;
  cycle_days: number | null;
}

const NO_SHARE: CohortShare = { cohort: null, cohort_on: null, cycle_days: null };

export function cohortShare(facts: Facts): CohortShare {
  const { deal, asOf } = facts;
  if (deal.outcome !== "won" || deal.closedOn === null || isAnybodyOn(facts, asOf)) return NO_SHARE;
  const days = daysBetween(deal.createdOn, deal.closedOn);
  // Closed before it was created: no cycle to compare (§7).
  if (days < 0) return NO_SHARE;
  return { cohort: cohortOf(deal), cohort_on: deal.closedOn, cycle_days: days };
}

/** The cohort that a deal belongs or is compared to, as a key. */
export function cohortOf({
  type,
  amount,
  currency,
}: Pick<DealFacts, "type" | "amount" | "currency">): string {
  return cellKey(type, currency, amountBand(amount, currency));
}

/** Whether any partner is on the deal on that day (§2). */
export function isAnybodyOn(facts: Facts, asOf: Day): boolean {
  return (
    facts.registrations.some(({ submittedOn, recordedOn }) => submittedOn <= asOf && recordedOn <= asOf) ||
    facts.roles.some(({ recordedOn }) => recordedOn <= asOf) ||
    facts.activities.some(({ recordedOn, occurredOn }) => recordedOn <= asOf && occurredOn <= asOf) ||
    facts.rulings.some(({ decidedOn }) => decidedOn <= asOf)
  );
}

/** The days and types that will be asked for; all when absent. */
interface CohortRange {
  types: readonly DealType[];
  from: Day;
  to: Day;
}

interface MemberRow extends Record<string, unknown> {
  amount: string;
  currency: string;
  type: DealType;
  created_on: Day;
  closed_on: Day;
}

/** Reads the won deals without partner, as they stood on `asOf`, and indexes them for any number of asks. */
export async function readCohorts(db: Db, asOf: Day, range?: CohortRange): Promise<CohortReader> {
  const within = range
    ? sql`and d.type = any(${sql.param(range.types)}::deal_type[])
        and d.closed_on between ${addDays(range.from, 1 - COHORT_DAYS)}::date and ${range.to}::date`
    : sql``;
  const rows = await db.execute<MemberRow>(sql`
    select d.amount::text as amount, d.currency, d.type::text as type,
      d.created_on::text as created_on, d.closed_on::text as closed_on
    from deals d
    where d.outcome = 'won' and d.closed_on <= ${asOf}::date ${within}
      and not exists (select from registrations f where f.deal_id = d.id
        and f.submitted_on <= ${asOf}::date and f.recorded_on <= ${asOf}::date)
      and not exists (select from role_rows f where f.deal_id = d.id
        and f.recorded_on <= ${asOf}::date and (f.refused_on is null or f.refused_on > ${asOf}::date))
      and not exists (select from activities f where f.deal_id = d.id
        and f.recorded_on <= ${asOf}::date and f.occurred_on <= ${asOf}::date)
      and not exists (select from rulings f where f.deal_id = d.id and f.decided_on <= ${asOf}::date)`);
  return readerOf(members(rows));
}

function* members(rows: Iterable<MemberRow>): Generator<CohortDeal> {
  for (const row of rows) {
    yield {
      amount: Number(row.amount),
      currency: row.currency,
      type: row.type,
      createdOn: row.created_on,
      closedOn: row.closed_on,
      outcome: "won",
      hasPartner: false,
    };
  }
}

function readerOf(deals: Iterable<CohortDeal>): CohortReader {
  const median = cohortIndex(deals);
  return ({ type, amount, currency }, day) =>
    median({ type, currency, band: amountBand(amount, currency), day });
}

/**
 * Reads what judging has saved of the cohorts that these deals are compared with: an index alone holds it, so one
 * deal costs one cohort's year. Of deals that are being judged right now, `facts` say it themselves.
 *
 * @param judging ids of the deals whose saved share is not to be believed any more
 */
export async function readShares(
  db: Db,
  facts: readonly Facts[],
  judging: readonly string[],
): Promise<CohortReader> {
  const compared = new Map(facts.map(({ deal }) => [cohortOf(deal), deal]));
  const days = facts.map(({ deal, asOf }) => deal.closedOn ?? asOf).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return NO_COHORTS;
  // Where all ask on one day, it is the same on which of its year's days a deal was won.
  const wonOn = first === last ? sql`${last}::date` : sql`cohort_on`;
  const rows = await db.execute<{ cohort: string; closed_on: Day; cycle: number; deals: number }>(sql`
    select cohort, ${wonOn}::text as closed_on, cycle_days as cycle, count(*)::int as deals
    from judged_deals
    where cohort = any(${sql.param([...compared.keys()])}::text[])
      and cohort_on between ${addDays(first, 1 - COHORT_DAYS)}::date and ${last}::date
      and deal_id <> all(${sql.param(judging)}::text[])
    group by 1, 2, 3`);
  const lent = [...rows].flatMap(({ cohort, closed_on, cycle, deals }): CohortDeal[] => {
    const { type, amount, currency } = compared.get(cohort)!;
    return Array<CohortDeal>(deals).fill({
      ...{ type, amount, currency, outcome: "won", hasPartner: false },
      createdOn: addDays(closed_on, -cycle),
      closedOn: closed_on,
    });
  });
  const own = facts.map((document) => ({
    ...document.deal,
    hasPartner: isAnybodyOn(document, document.asOf),
  }));
  return readerOf([...lent, ...own.filter(({ id }) => judging.includes(id))]);
}
