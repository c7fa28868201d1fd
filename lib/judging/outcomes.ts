import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import { amountBand } from "@/lib/attribution/cohort";
import type { Day, Facts } from "@/lib/attribution/facts";
import type { Result } from "@/lib/attribution/result";
import { addDays, daysBetween } from "@/lib/calendar";

/** A deal judged: what went in and what came out. */
export interface Judged {
  facts: Facts;
  result: Result;
  policyHash: string;
  /** The day a deal that is open in `facts` closes, when that is known already: after `asOf`. */
  closesOn: Day | null;
}

/**
 * Saves judgements: the one writer of deal_outcomes and partner_outcomes. One statement for any number
 * of deals; rows that say the same already are left alone, so a rebuild of what is right writes nothing.
 * The laterals keep it to index look-ups: the planner, which cannot count JSON, would read whole tables.
 * While the judging under a new policy is under way (lib/judging/judge-policy.ts), what it moves is kept as well,
 * whoever comes to judge it. The caller holds the deals' rows locked (lib/judging/judge.ts).
 */
export async function saveOutcomes(tx: Tx, judged: readonly Judged[]): Promise<void> {
  if (judged.length === 0) return;
  const dealRows = judged.map(({ facts, result, policyHash, closesOn }) => ({
    deal_id: facts.deal.id,
    outcome: result.outcome,
    disputed: result.partners.some(({ disputed }) => disputed !== null),
    gray: result.gray,
    policy_hash: policyHash,
    as_of: facts.asOf,
    stale_on: staleOn(facts, closesOn),
    ...cohortShare(facts),
  }));
  const partnerRows = judged.flatMap(({ facts, result }) =>
    result.partners.map(({ partnerId, outcome, disputed, credit, rule }) => ({
      deal_id: facts.deal.id,
      partner_id: partnerId,
      outcome,
      disputed,
      credit: credit[outcome] ?? 0,
      rule,
    })),
  );
  await tx.execute(sql`
    with deal as materialized (
      select * from json_to_recordset(${JSON.stringify(dealRows)}::text::json) as r (
        deal_id text, outcome outcome, disputed boolean, gray gray_code[], policy_hash char(64), as_of date,
        stale_on date, cohort text, cohort_on date, cycle_days integer)
    ), partner as materialized (
      select * from json_to_recordset(${JSON.stringify(partnerRows)}::text::json) as r (
        deal_id text, partner_id text, outcome outcome, disputed outcome, credit bigint, rule text)
    ), saved_deals as (
      insert into deal_outcomes
        (deal_id, outcome, disputed, gray, policy_hash, as_of, stale_on, cohort, cohort_on, cycle_days)
      select n.* from deal n left join lateral
        (select * from deal_outcomes s where s.deal_id = n.deal_id offset 0) o on true
      where (o.outcome, o.disputed, o.gray, o.policy_hash, o.stale_on, o.cohort, o.cohort_on, o.cycle_days)
        is distinct from
        (n.outcome, n.disputed, n.gray, n.policy_hash, n.stale_on, n.cohort, n.cohort_on, n.cycle_days)
      on conflict (deal_id) do update set
        outcome = excluded.outcome, disputed = excluded.disputed, gray = excluded.gray,
        policy_hash = excluded.policy_hash, as_of = excluded.as_of, stale_on = excluded.stale_on,
        cohort = excluded.cohort, cohort_on = excluded.cohort_on, cycle_days = excluded.cycle_days,
        judged_at = now()
    ), moved as (
      insert into judging_moves (policy_id, deal_id, from_outcome, to_outcome)
      select r.policy_id, n.deal_id, o.outcome, n.outcome
      from (select j.policy_id, p.hash from judging_runs j join policies p on p.id = j.policy_id
        where j.finished_at is null offset 0) r
      join deal n on n.policy_hash = r.hash
      join lateral (select * from deal_outcomes s where s.deal_id = n.deal_id offset 0) o
        on o.policy_hash <> n.policy_hash and o.outcome <> n.outcome
      on conflict do nothing
    ), gone as (
      delete from partner_outcomes o
      where o.deal_id = any(${sql.param(dealRows.map((row) => row.deal_id))}::text[]) and not exists
        (select from partner n where n.deal_id = o.deal_id and n.partner_id = o.partner_id)
    )
    insert into partner_outcomes (deal_id, partner_id, outcome, disputed, credit, rule)
    select n.* from partner n left join lateral
      (select * from partner_outcomes s
        where s.deal_id = n.deal_id and s.partner_id = n.partner_id offset 0) o on true
    where (o.outcome, o.disputed, o.credit, o.rule) is distinct from (n.outcome, n.disputed, n.credit, n.rule)
    on conflict (deal_id, partner_id) do update set
      outcome = excluded.outcome, disputed = excluded.disputed, credit = excluded.credit, rule = excluded.rule`);
}

/** What a won deal without partner lends to its cohort (domain.md §2). */
export interface CohortShare {
  /** Type and amount band. */
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
  return { cohort: cohortOf(facts), cohort_on: deal.closedOn, cycle_days: days };
}

/** The cohort that a deal belongs or is compared to, as a key. */
export function cohortOf({ deal }: Facts): string {
  return `${deal.type}/${amountBand(deal.amount, deal.currency)}`;
}

/** Whether any partner is on the deal on that day (§2). */
function isAnybodyOn(facts: Facts, asOf: Day): boolean {
  return (
    facts.registrations.some(({ submittedOn }) => submittedOn <= asOf) ||
    facts.roles.some(({ recordedOn }) => recordedOn <= asOf) ||
    facts.activities.some(({ recordedOn, occurredOn }) => recordedOn <= asOf && occurredOn <= asOf) ||
    facts.rulings.some(({ decidedOn }) => decidedOn <= asOf)
  );
}

/**
 * The first day on which the same facts may be judged otherwise. An open deal with a partner on it: every
 * day, since updates and influence windows run with `asOf` (§4). Besides: the day a fact dated later
 * arrives and the close day of a deal shown as still open. A new policy is a judging of its own.
 */
function staleOn(facts: Facts, closesOn: Day | null): Day | null {
  const { asOf, deal } = facts;
  const open = deal.closedOn === null;
  if (open && isAnybodyOn(facts, asOf)) return addDays(asOf, 1);
  const later = [
    closesOn,
    ...facts.registrations.map(({ submittedOn }) => submittedOn),
    ...facts.roles.flatMap(({ recordedOn, confirmedOn }) => [recordedOn, confirmedOn]),
    ...facts.activities.flatMap(({ recordedOn, occurredOn }) => [recordedOn, occurredOn]),
    ...facts.rulings.map(({ decidedOn }) => decidedOn),
  ].filter((day) => day !== null && day > asOf) as Day[];
  return later.length === 0 ? null : later.reduce((first, day) => (day < first ? day : first));
}
