import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { DealType, Model, Outcome, Stage } from "@/lib/attribution/vocabulary";
import type { LiftDeal } from "@/lib/metrics/lift";
import type { Narrowing } from "@/lib/metrics/narrowing";

/** Which closed deals are compared: by the day they closed, both ends included. */
export interface ClosedIn {
  today: Day;
  from?: Day;
  to?: Day;
  /** Their outcome is the kept lens's, and not their policy's. */
  model?: Model;
  /** Only these; of partners, what they are on beside what nobody is on. */
  narrowing?: Narrowing | null;
  /** Deals in memory at a time; 20,000 unless told. */
  batchSize?: number;
}

/** A closed deal, as a comparison needs it. */
export type ClosedDeal = LiftDeal & { id: string; closedOn: Day };

interface Row extends Record<string, unknown> {
  id: string;
  type: DealType;
  amount: string;
  currency: string;
  closedOn: Day;
  outcome: "won" | "lost";
  attribution: Outcome;
  confirmed: boolean;
  cycleDays: number | null;
  stages: Stage[] | null;
  entered: Day[] | null;
  recordedOn: Day | null;
}

/**
 * Streams closed deals as judged, with no more of their facts than a comparison looks at: entries and the first day
 * on which a partner's fact was recorded, as `loadFacts` and `sightingOf` have them as of today.
 */
export async function* eachClosed(db: Db, asked: ClosedIn): AsyncGenerator<ClosedDeal[]> {
  const { batchSize = 20_000 } = asked;
  let after = "";
  for (;;) {
    const rows = await db.execute<Row>(statement({ ...asked, batchSize }, after));
    if (rows.length > 0) yield [...rows].map(dealOf);
    if (rows.length < batchSize) return;
    after = rows.at(-1)!.id;
  }
}

function statement({ today, from, to, model, narrowing, batchSize }: ClosedIn, after: string): SQL {
  const day = sql`${today}::date`;
  const attribution = model ? sql.raw(`l.${model}`) : sql`j.outcome`;
  return sql`
    with asked as materialized (
      select j.deal_id as id, j.type, j.amount, j.currency, j.closed_on, j.state, ${attribution} as attribution,
        j.confirmed_before_close, j.cycle_days
      from judged_deals j ${model ? sql`join lens_deals l on l.deal_id = j.deal_id` : sql``}
      where j.closed_on <= ${day} and j.deal_id > ${after}
        ${from ? sql`and j.closed_on >= ${from}::date` : sql``} ${to ? sql`and j.closed_on <= ${to}::date` : sql``}
        ${narrowing ? sql`and ${among(narrowing)}` : sql``}
      order by j.deal_id limit ${batchSize}
    ), entered as (
      select s.deal_id, array_agg(s.stage::int order by s.seq) as stages,
        array_agg(s.entered_on::text order by s.seq) as days
      from stage_entries s join asked on asked.id = s.deal_id where s.entered_on <= ${day} group by 1
    ), recorded as (
      select deal_id, min(recorded_on) as recorded_on from (
        select r.deal_id, r.recorded_on from role_rows r join asked on asked.id = r.deal_id
          where r.refused_on is null or r.refused_on > ${day}
        union all select g.deal_id, g.recorded_on from registrations g join asked on asked.id = g.deal_id
        union all select a.deal_id, a.recorded_on from activities a join asked on asked.id = a.deal_id
          where a.stage <= 5
      ) facts where recorded_on <= ${day} group by 1
    )
    select a.id, a.type::text as type, a.amount::text as amount, a.currency, a.closed_on::text as "closedOn",
      a.state::text as outcome, a.attribution::text as attribution, a.confirmed_before_close as confirmed,
      a.cycle_days as "cycleDays", e.stages, e.days as entered, r.recorded_on::text as "recordedOn"
    from asked a left join entered e on e.deal_id = a.id left join recorded r on r.deal_id = a.id order by a.id`;
}

function among({ owners, partners, type, route }: Narrowing): SQL {
  const conditions = [
    ...(owners ? [sql`j.owner = any(${sql.param([...owners])}::text[])`] : []),
    ...(type ? [sql`j.type = ${type}::deal_type`] : []),
    ...(route ? [sql`j.route = ${route}::route`] : []),
    ...(partners
      ? [sql`(j.partner_ids && ${sql.param([...partners])}::text[] or cardinality(j.partner_ids) = 0)`]
      : []),
  ];
  return sql.join(conditions, sql` and `);
}

function dealOf(row: Row): ClosedDeal {
  const { id, type, closedOn, outcome, attribution, cycleDays, recordedOn } = row;
  return {
    ...{ id, type, closedOn, outcome, attribution, cycleDays },
    amount: Number(row.amount),
    currency: row.currency.trim(),
    confirmedBeforeClose: row.confirmed,
    sighting: {
      stages: (row.stages ?? []).map((stage, at) => ({ stage, enteredOn: row.entered![at]! })),
      partnerRecordedOn: recordedOn,
    },
  };
}
