import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { mondayOf } from "@/lib/calendar";
import { type ForecastDeal, type Weighing, weigh } from "@/lib/metrics/forecast";
import { missingRates } from "@/lib/sealing/forecast-week";
import { dayShape, gradeShape, namedShape } from "../shapes";
import { weighedShape } from "./forecast-shapes";

/** A deal as the forecast call inspects it. */
export const inspectedShape = weighedShape.extend({
  /** Null without a rate. */
  converted: z.int().nullable(),
  weighted: z.int().nullable(),
  evidence: gradeShape.nullable(),
  /** Those with the deal's own outcome. */
  partners: z.array(namedShape),
  /** The last thing a partner did on it. */
  lastActivityOn: dayShape.nullable(),
  /** What is done next: a joint step that is not done, else what its owner wrote. */
  nextStep: z.object({ what: z.string(), dueOn: dayShape.nullable() }).nullable(),
  /** Its expected close day has passed. */
  overdue: z.boolean(),
  /** The earlier day on which it was expected to close when a forecast was last taken before this week. */
  slippedFrom: dayShape.nullable(),
});
type Inspected = z.output<typeof inspectedShape>;

interface Row extends Record<string, unknown> {
  id: string;
  evidence: Inspected["evidence"];
  partners: Inspected["partners"];
  lastActivityOn: Day | null;
  nextStep: Inspected["nextStep"];
  was: Day | null;
}

/** The same deals in the same order, with what the forecast call asks of each. */
export async function inspectRows(
  db: Db,
  today: Day,
  deals: readonly ForecastDeal[],
  basis: Weighing,
): Promise<Inspected[]> {
  if (deals.length === 0) return [];
  const ids = deals.map(({ id }) => id);
  const among = sql`any(${sql.param(ids)}::text[])`;
  const rows = await db.execute<Row>(sql`
    with former as (select document::jsonb as document from forecast_snapshots
      where week < ${mondayOf(today)}::date order by week desc limit 1),
    was as (select e ->> 'id' as id, e ->> 'expectedCloseOn' as day
      from former, jsonb_array_elements(former.document -> 'deals') e where e ->> 'id' = ${among})
    select d.deal_id as id, d.evidence::text as evidence,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', coalesce(m.name, p.name)) order by p.name, p.id)
        from partners p left join partners m on m.id = p.merged_into where p.id in (select x ->> 'id' from jsonb_array_elements(d.partners) x
          where x ->> 'outcome' = d.outcome::text)), '[]') as partners,
      (select max(a.occurred_on)::text from activities a where a.deal_id = d.deal_id) as "lastActivityOn",
      coalesce(${NEXT_JOINT_STEP}, case when v.next_step is not null
        then jsonb_build_object('what', v.next_step, 'dueOn', null) end) as "nextStep",
      (select w.day from was w where w.id = d.deal_id) as was
    from judged_deals d join deals v on v.id = d.deal_id where d.deal_id = ${among}`);
  const read = new Map([...rows].map((row) => [row.id, row]));
  return deals.map((deal) => inspected(deal, read.get(deal.id), today, basis));
}

/** Over `d`, the one that is due first. */
const NEXT_JOINT_STEP = sql`(select jsonb_build_object('what', s.what, 'dueOn', s.due_on) from (
  select what, due_on, id from joint_steps where deal_id = d.deal_id and done_on is null and closed_on is null
  union all select next_step, next_step_due_on, id from activities
    where deal_id = d.deal_id and next_step is not null and next_step_done_on is null) s
  order by s.due_on nulls last, s.id limit 1)`;

function inspected(deal: ForecastDeal, row: Row | undefined, today: Day, basis: Weighing): Inspected {
  const { expectedCloseOn } = deal;
  const has = missingRates([deal], basis).length === 0;
  return {
    ...(has
      ? weigh(deal, basis)
      : { ...deal, converted: null, weighted: null, probability: basis.probabilities[deal.stage]! }),
    evidence: row?.evidence ?? null,
    partners: row?.partners ?? [],
    lastActivityOn: row?.lastActivityOn ?? null,
    nextStep: row?.nextStep ?? null,
    overdue: expectedCloseOn !== null && expectedCloseOn < today,
    slippedFrom:
      row?.was && (expectedCloseOn === null || row.was < expectedCloseOn) && row.was !== expectedCloseOn
        ? row.was
        : null,
  };
}

export interface Inspection {
  deals: number;
  undated: number;
  overdue: number;
  withoutStep: number;
}

/** How many open deals lack what every forecast asks of a deal, sourced and direct ones apart. */
export async function readInspection(
  db: Db,
  today: Day,
): Promise<{ commit: Inspection; direct: Inspection }> {
  const rows = await db.execute<Inspection & { of: "commit" | "direct" } & Record<string, unknown>>(sql`
    select case d.outcome when 'sourced' then 'commit' else 'direct' end as of, count(*)::int as deals,
      count(*) filter (where v.expected_close_on is null)::int as undated,
      count(*) filter (where v.expected_close_on < ${today}::date)::int as overdue,
      count(*) filter (where v.next_step is null
        and not exists (select from joint_steps s where s.deal_id = d.deal_id and s.done_on is null
          and s.closed_on is null)
        and not exists (select from activities a where a.deal_id = d.deal_id and a.next_step is not null
          and a.next_step_done_on is null))::int as "withoutStep"
    from judged_deals d join deals v on v.id = d.deal_id
    where d.state = 'open' and d.outcome in ('sourced', 'none', 'unattributed', 'attached', 'disputed', 'co_sell')
    group by 1`);
  const none = { deals: 0, undated: 0, overdue: 0, withoutStep: 0 };
  const of = (one: string) => {
    const { of: _of, ...found } = [...rows].find((row) => row.of === one) ?? { ...none, of: one };
    return found;
  };
  return { commit: of("commit"), direct: of("direct") };
}
