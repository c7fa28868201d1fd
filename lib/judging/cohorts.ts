import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { amountBand, COHORT_DAYS, type CohortDeal, cohortIndex } from "@/lib/attribution/cohort";
import type { Day, DealFacts } from "@/lib/attribution/facts";
import type { DealType } from "@/lib/attribution/vocabulary";
import { addDays } from "@/lib/calendar";

/** Median cycle of the deals comparable to `deal` on `day`, in whole or half days (domain.md §2 cohort). */
export type CohortReader = (deal: Pick<DealFacts, "type" | "amount" | "currency">, day: Day) => number | null;

export const NO_COHORTS: CohortReader = () => null;

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
      and not exists (select from registrations f where f.deal_id = d.id and f.submitted_on <= ${asOf}::date)
      and not exists (select from role_rows f where f.deal_id = d.id and f.recorded_on <= ${asOf}::date)
      and not exists (select from activities f where f.deal_id = d.id
        and f.recorded_on <= ${asOf}::date and f.occurred_on <= ${asOf}::date)
      and not exists (select from rulings f where f.deal_id = d.id and f.decided_on <= ${asOf}::date)`);
  const median = cohortIndex(members(rows));
  return ({ type, amount, currency }, day) => median({ type, band: amountBand(amount, currency), day });
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
