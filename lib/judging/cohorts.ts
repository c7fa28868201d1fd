import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { amountBand, COHORT_DAYS, type CohortDeal, cellKey, cohortIndex } from "@/lib/attribution/cohort";
import type { Day, DealFacts, Facts } from "@/lib/attribution/facts";
import type { DealType } from "@/lib/attribution/vocabulary";
import { addDays, daysBetween, firstOfMonth, monthIndex } from "@/lib/calendar";

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
 * Reads what judging has saved of the cohorts that these deals are compared with: the months that lie in everybody's
 * year whole from their tallies, the days around them from an index that alone holds it. So one deal costs a few
 * months, however many deals there are. Of deals that are being judged right now, `facts` say it themselves.
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
  const rows = await db.execute<ShareRow>(
    sharesOf([...compared.keys()], { first, last }, wholeMonths(first, last), judging),
  );
  const lent = [...rows].map(({ cohort, closed_on, cycle, deals }): CohortDeal => {
    const { type, amount, currency } = compared.get(cohort)!;
    return {
      ...{ type, amount, currency, deals, outcome: "won", hasPartner: false },
      createdOn: addDays(closed_on, -cycle),
      closedOn: closed_on,
    };
  });
  const own = facts.map((document) => ({
    ...document.deal,
    hasPartner: isAnybodyOn(document, document.asOf),
  }));
  return readerOf([...lent, ...own.filter(({ id }) => judging.includes(id))]);
}

interface ShareRow extends Record<string, unknown> {
  cohort: string;
  closed_on: Day;
  cycle: number;
  deals: number;
}

/** The months, by their first and last day, that lie in the year of every day from `first` to `last`; null without one. */
function wholeMonths(first: Day, last: Day): { from: Day; to: Day } | null {
  const from = firstOfMonth(monthIndex(addDays(last, -COHORT_DAYS)) + 1);
  const to = addDays(firstOfMonth(monthIndex(addDays(first, 1))), -1);
  return from <= to ? { from, to } : null;
}

/** How many deals lend which cycle to a cohort, by the day of their close where it matters which it is. */
function sharesOf(
  cohorts: readonly string[],
  { first, last }: { first: Day; last: Day },
  months: { from: Day; to: Day } | null,
  judging: readonly string[],
): SQL {
  const among = sql`any(${sql.param(cohorts)}::text[])`;
  const ids = sql`${sql.param(judging)}::text[]`;
  // Where all ask on one day, it is the same on which of its year's days a deal was won.
  const wonOn = first === last ? sql`${last}::date` : sql`cohort_on`;
  const between = (from: Day, to: Day) => sql`
    select cohort, ${wonOn} as won_on, cycle_days as cycle, count(*) as deals from judged_deals
    where cohort = ${among} and cohort_on between ${from}::date and ${to}::date and cycle_days is not null
      and deal_id <> all(${ids}) group by 1, 2, 3`;
  const earliest = addDays(first, 1 - COHORT_DAYS);
  const parts =
    months === null
      ? [between(earliest, last)]
      : [
          between(earliest, addDays(months.from, -1)),
          between(addDays(months.to, 1), last),
          sql`select t.cell, ${first}::date, u.at, u.deals from tallies t
            cross join lateral unnest(t.at, t.at_deals) u (at, deals)
            where t.kind = 'cohorts' and t.month between ${months.from}::date and ${months.to}::date and t.cell = ${among}`,
          sql`select cell, ${first}::date, at, deals from tally_changes
            where kind = 'cohorts' and month between ${months.from}::date and ${months.to}::date and cell = ${among}`,
          // What the tallies hold of deals that are being judged is not to be believed either.
          sql`select cohort, ${first}::date, cycle_days, -1 from judged_deals
            where deal_id = any(${ids}) and cohort = ${among} and cycle_days is not null
              and cohort_on between ${months.from}::date and ${months.to}::date`,
        ];
  return sql`select cohort, won_on::text as closed_on, cycle, sum(deals)::int as deals
    from (${sql.join(parts, sql` union all `)}) s group by 1, 2, 3 having sum(deals) <> 0`;
}
