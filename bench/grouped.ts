import { sql } from "drizzle-orm";
import { isCredited, isInfluencedFamily } from "@/lib/attribution/models";
import { OUTCOMES } from "@/lib/attribution/vocabulary";
import type { Quarter } from "@/lib/calendar";
import type { HEADLINE_METRICS } from "@/lib/metrics/quarter-numbers";
import type { Company } from "./company/open";

/** The headline of each of the four numbers in a quarter; null where it does not exist. */
export type Grouped = { quarter: string } & Record<(typeof HEADLINE_METRICS)[number], number | null>;

const INFLUENCED = OUTCOMES.filter(isInfluencedFamily);
const CREDITED = OUTCOMES.filter(isCredited);
const any = (outcomes: readonly string[]) => sql`any(${sql.param(outcomes)}::outcome[])`;

/**
 * The four numbers (domain.md §7) of some quarters as anybody would ask the tables for them: one statement
 * that groups the deals with their outcomes, with what the dashboard shows beside them, medians included.
 */
export async function groupedNumbers(
  { client, today }: Company,
  quarters: readonly Quarter[],
): Promise<Grouped[]> {
  const spans = JSON.stringify(quarters);
  const rows = await client.db.execute<Record<string, string | null>>(sql`
    with q as (select * from json_to_recordset(${spans}::text::json) as r (label text, "from" date, "to" date)),
    d as (
      select q.label, d.created_on between q."from" and q."to" as created,
        d.closed_on between q."from" and q."to" as closed,
        d.created_on <= q."to" and (d.closed_on is null or d.closed_on > q."to") as open,
        case when r.rate is null then d.amount else round(d.amount * r.rate) end as amount,
        d.outcome = 'won' as won, d.closed_on - d.created_on as days, d.type,
        width_bucket(d.amount::float8, array[1000000, 5000000, 25000000]) as band,
        o.outcome = 'sourced' as sourced, o.outcome = ${any(INFLUENCED)} as influenced,
        o.outcome = ${any(CREDITED)} as credited
      from q join deals d on d.created_on <= q."to" and (d.closed_on is null or d.closed_on >= q."from")
      join judged_deals o on o.deal_id = d.id
      left join rates r on r.quarter = q.label and r.currency = d.currency
      where d.created_on <= ${today}::date),
    sums as (
      select label, coalesce(sum(amount) filter (where created and sourced), 0) as sourced,
        coalesce(sum(amount) filter (where created), 0) as created,
        coalesce(sum(amount) filter (where open and sourced), 0) as open,
        count(*) filter (where closed and influenced and won) as won,
        count(*) filter (where closed and influenced) as closed,
        count(*) filter (where closed and not credited and won) as direct_won,
        count(*) filter (where closed and not credited) as direct_closed,
        sum(amount) filter (where closed and credited and won) as credited_amount,
        sum(amount) filter (where closed and not credited and won) as direct_amount,
        percentile_cont(0.5) within group (order by days)
          filter (where closed and won and days >= 0 and not credited) as direct_days,
        percentile_cont(0.5) within group (order by days)
          filter (where closed and won and days >= 0 and credited) as credited_days
      from d group by label),
    cells as (
      select label, type, band,
        percentile_cont(0.5) within group (order by days) filter (where not credited) as direct,
        percentile_cont(0.5) within group (order by days) filter (where credited) as credited,
        count(*) filter (where credited) as weight
      from d where closed and won and days >= 0 group by label, type, band),
    matched as (
      select label, sum((direct - credited) * weight) / sum(weight) as days
      from cells where direct is not null and credited is not null group by label),
    spent as (
      select quarter as label, sum(amount) filter (where side = 'partner_program') as program,
        sum(amount) filter (where side = 'direct_sales') as direct
      from costs group by quarter)
    select q.label, sums.sourced, sums.open, sums.created, sums.direct_won, sums.direct_closed, matched.days as matched,
      sums.won::float8 / nullif(sums.closed, 0) as rate, sums.direct_days - sums.credited_days as saved,
      spent.program::float8 / nullif(sums.credited_amount, 0)::float8 as cost,
      spent.direct::float8 / nullif(sums.direct_amount, 0)::float8 as direct_cost
    from q left join sums using (label) left join matched using (label) left join spent using (label) order by q.label`);
  const number = (text: string | null | undefined) => (text == null ? null : Number(text));
  return [...rows].map((row) => ({
    quarter: row.label!,
    sourcedPipeline: number(row.sourced) ?? 0,
    influencedWinRate: number(row.rate),
    cycleReduction: number(row.saved),
    costPerPartnerDollar: number(row.cost),
  }));
}
