import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import { FactsTable } from "@/lib/attribution/columns";
import type { Day, Facts } from "@/lib/attribution/facts";
import { PACKED_FORM, pack } from "@/lib/attribution/packed";
import type { Result } from "@/lib/attribution/result";
import type { FiscalYear } from "@/lib/calendar";
import { type Judgement, projectDeal } from "@/lib/metrics/projected-deal";
import type { ReconciledDeal } from "@/lib/metrics/reconciled";
import { type TalliedDeal, TallyChange } from "@/lib/metrics/tally-lines";
import type { LoadedDeal } from "./facts";
import { countedAs } from "./held";
import { LIVING_NAMES, LIVING_TYPES, livingOf, livingRow } from "./living-row";
import { calendarIn } from "./log-quarter";
import { namesOf, PROJECTION_NAMES, PROJECTION_TYPES, rowOf } from "./projection-row";
import { addToTallies, tallyRows } from "./tallies";

/** A deal judged: what went in and what came out. */
export interface Judged {
  loaded: LoadedDeal;
  facts: Facts;
  result: Result;
  policyHash: string;
  /** How its month counts it (§8.5); null while it is open. */
  reconciled: ReconciledDeal | null;
}

/** Of a saved projection what its tally lines were made from, as JSON. */
export const projectionJson = sql`json_build_object('id', deal_id, 'owner', owner, 'amount', amount,
    'currency', currency, 'createdOn', created_on, 'closedOn', closed_on, 'outcome', state, 'stage', stage,
    'disputed', disputed, 'status', status, 'countsAs', counts_as, 'cell', cell, 'cycleDays', cycle_days,
    'engagedOn', engaged_on, 'partners', partners, 'cohort', cohort, 'cohortOn', cohort_on,
    'reconciled', case when ended_on is not null then json_build_object(
      'endedOn', ended_on, 'endedAs', ended_as, 'decided', decided, 'found', found) end)`;

/** The branch of the deals' loading that brings what was saved of them. */
export const savedProjection = (dealIds: readonly string[]) => sql`
  select 'projection', deal_id, ${projectionJson}::text, null::text, null::text, null::text, null::text, null::text
  from judged_deals where deal_id = any(${sql.param(dealIds)}::text[])`;

/** What was saved of a deal, as far as tallies and cohorts ask; null for a new one. */
export function savedOf({ more }: LoadedDeal): TalliedDeal | null {
  const row = more.find(({ kind }) => kind === "projection");
  return row ? (JSON.parse(row.a) as TalliedDeal) : null;
}

/**
 * Saves judgements: the one writer of judged_deals, partner_outcomes, packed_facts and the changes of tallies. One
 * statement for any number of deals; what a seal holds is saved as it is held (held.ts); rows that say the same already are left alone, so a rebuild of what is
 * right writes nothing. The laterals keep it to index look-ups: the planner, which cannot count JSON, would
 * read whole tables. While the judging under a new policy is under way, what it moves is kept as well,
 * whoever comes to judge it. The caller holds the deals' rows locked (judge.ts).
 */
export async function saveJudged(tx: Tx, judged: readonly Judged[]): Promise<void> {
  if (judged.length === 0) return;
  const change = new TallyChange(calendarIn(judged.map(({ loaded }) => loaded)).year);
  const counted = judged.map(({ loaded, facts, result, policyHash }) => {
    const { account, owner, noPartnerOn } = loaded;
    return countedAs(loaded, { facts, result, policyHash, account, owner, noPartnerOn });
  });
  const dealRows = judged.map(({ loaded, facts, reconciled }, at) => {
    const deal = projectDeal(counted[at]!);
    const living = livingRow(loaded, deal, reconciled);
    const { cohort, cohort_on: cohortOn } = living;
    change.replace(savedOf(loaded), { ...deal, cohort, cohortOn, reconciled });
    return { ...rowOf(deal), as_of: facts.asOf, ...living };
  });
  const partnerRows = counted.flatMap(partnerRowsOf);
  const dealIds = dealRows.map((row) => row.deal_id);
  await tx.execute(sql`
    with deal as materialized (
      select r.* from json_to_recordset(${JSON.stringify(dealRows)}::text::json) as r (
        deal_id text, ${PROJECTION_TYPES}, as_of date, ${LIVING_TYPES})
    ), partner as materialized (
      select * from json_to_recordset(${JSON.stringify(partnerRows)}::text::json) as r (
        deal_id text, partner_id text, outcome outcome, disputed outcome, credit bigint, rule text,
        created_on date, state deal_outcome)
    ), saved_deals as (
      insert into judged_deals (deal_id, ${PROJECTION_NAMES}, as_of, ${LIVING_NAMES})
      select n.* from deal n left join lateral
        (select * from judged_deals s where s.deal_id = n.deal_id offset 0) o on true
      where (${namesOf("o")}, ${livingOf("o")}) is distinct from (${namesOf("n")}, ${livingOf("n")})
      on conflict (deal_id) do update set (${PROJECTION_NAMES}, as_of, ${LIVING_NAMES}, judged_at)
        = (${namesOf("excluded")}, excluded.as_of, ${livingOf("excluded")}, now())
    ), moved as (
      insert into judging_moves (policy_id, deal_id, from_outcome, to_outcome)
      select r.policy_id, n.deal_id, o.outcome, n.outcome
      from (select j.policy_id, p.hash from judging_runs j join policies p on p.id = j.policy_id
        where j.finished_at is null offset 0) r
      join deal n on n.policy_hash = r.hash
      join lateral (select * from judged_deals s where s.deal_id = n.deal_id offset 0) o
        on o.policy_hash <> n.policy_hash and o.outcome <> n.outcome
      on conflict do nothing
    ), counted as (
      insert into tally_changes (kind, month, counts_as, cell, currency, at, deals, amount, squares)
      select * from json_to_recordset(${JSON.stringify(tallyRows(change.lines()))}::text::json) as r (
        kind tally_kind, month date, counts_as text, cell text, currency text, at integer, deals bigint,
        amount numeric, squares numeric)
    ), queued as (
      insert into lens_queue (deal_id)
      select n.deal_id from deal n where exists (select from lens_runs)
    ), packed as (${savedLines(judged)}
    ), gone as (
      delete from partner_outcomes o
      where o.deal_id = any(${sql.param(dealIds)}::text[]) and not exists
        (select from partner n where n.deal_id = o.deal_id and n.partner_id = o.partner_id)
    )
    insert into partner_outcomes (deal_id, partner_id, outcome, disputed, credit, rule, created_on, state)
    select n.* from partner n left join lateral
      (select * from partner_outcomes s
        where s.deal_id = n.deal_id and s.partner_id = n.partner_id offset 0) o on true
    where (o.outcome, o.disputed, o.credit, o.rule, o.created_on, o.state)
      is distinct from (n.outcome, n.disputed, n.credit, n.rule, n.created_on, n.state)
    on conflict (deal_id, partner_id) do update set (outcome, disputed, credit, rule, created_on, state)
      = (excluded.outcome, excluded.disputed, excluded.credit, excluded.rule, excluded.created_on, excluded.state)`);
}

/** By which policy a deal is judged. */
export interface JudgedBy {
  deal_id: string;
  policy_hash: string;
}

/**
 * Says of deals that another policy judges alike whose judgement it is now; nothing else of them is written.
 *
 * @returns how many of them were not that policy's yet
 */
export async function saveJudgedBy(tx: Tx, deals: readonly JudgedBy[], asOf: Day): Promise<number> {
  if (deals.length === 0) return 0;
  const saved = await tx.execute(sql`
    update judged_deals j set policy_hash = n.policy_hash, as_of = ${asOf}::date, judged_at = now()
    from json_to_recordset(${JSON.stringify(deals)}::text::json) as n (deal_id text, policy_hash char(64))
    where j.deal_id = n.deal_id and j.policy_hash <> n.policy_hash
    returning j.deal_id`);
  return saved.length;
}

/** The branch of the saving that keeps what judging read. */
const savedLines = (judged: readonly Judged[]) => sql`
      insert into packed_facts (deal_id, form, line, as_of, created_on, closed_on)
      select n.* from json_to_recordset(${JSON.stringify(packedRowsOf(judged.map(({ loaded }) => loaded)))}::text::json) as n (
        deal_id text, form smallint, line text, as_of date, created_on date, closed_on date)
      left join lateral (select * from packed_facts s where s.deal_id = n.deal_id offset 0) o on true
      where (o.form, o.line, o.created_on, o.closed_on)
        is distinct from (n.form, n.line, n.created_on, n.closed_on)
      on conflict (deal_id) do update set (form, line, as_of, created_on, closed_on)
        = (excluded.form, excluded.line, excluded.as_of, excluded.created_on, excluded.closed_on)`;

/** What judging read of deals, as rows of packed_facts. */
export function packedRowsOf(loaded: readonly LoadedDeal[]) {
  const table = new FactsTable();
  return loaded.map(({ facts, closedOn }, at) => {
    table.add(facts);
    const { id, createdOn } = facts.deal;
    const dated = { as_of: facts.asOf, created_on: createdOn, closed_on: closedOn };
    return { deal_id: id, form: PACKED_FORM, line: pack(table, at), ...dated };
  });
}

/** The partners' shares of a judgement, as rows of their table. */
export const partnerRowsOf = ({ facts, result }: Judgement) =>
  result.partners.map(({ partnerId, outcome, disputed, credit, rule }) => ({
    deal_id: facts.deal.id,
    partner_id: partnerId,
    outcome,
    disputed,
    credit: credit[outcome] ?? 0,
    rule,
    created_on: facts.deal.createdOn,
    state: facts.deal.outcome,
  }));

/** Takes what deals brought to the tallies away again, before they go; of those that count on, what they lent. */
export async function takeFromTallies(
  tx: Tx,
  year: FiscalYear,
  gone: readonly TalliedDeal[],
  held: readonly TalliedDeal[] = [],
): Promise<void> {
  const change = new TallyChange(year);
  for (const deal of gone) change.take(deal);
  for (const deal of held) change.replace(deal, { ...deal, cohort: null, cohortOn: null, reconciled: null });
  await addToTallies(tx, change.lines());
}
