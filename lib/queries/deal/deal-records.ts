import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type {
  DealOutcome,
  DealType,
  FORECAST_CATEGORIES,
  Grade,
  GrayCode,
  Outcome,
  Role,
  Route,
  Stage,
} from "@/lib/attribution/vocabulary";
import type { Locked } from "@/lib/commands/correction/guards";
import { CLAIMS } from "@/lib/judging/partner-hand";
import { type Called, partnersCalled } from "../deals/deal-source";
import { noDeal } from "./deal-facts";
import { readSteps, type StepRecord } from "./joint-steps";

/** A deal's own row with what judging made of it. */
export interface DealRow extends Record<string, unknown> {
  id: string;
  account: string | null;
  accountId: string | null;
  name: string | null;
  crmUrl: string | null;
  expectedCloseOn: Day | null;
  probability: number | null;
  forecastCategory: (typeof FORECAST_CATEGORIES)[number] | null;
  nextStep: string | null;
  owner: string;
  amount: string;
  currency: string;
  type: DealType;
  route: Route;
  createdOn: Day;
  closedOn: Day | null;
  state: DealOutcome;
  firstEngagedOn: Day | null;
  recreatedFrom: string | null;
  outcome: Outcome;
  evidence: Grade | null;
  amendedOn: Day | null;
  disputed: boolean;
  gray: GrayCode[];
  noPartnerOn: Day | null;
  noPartnerBy: string | null;
  attributionConfirmed: boolean;
  demo: boolean;
  version: number;
  /** As stored, a close that is still to come included: what the door goes by. */
  stored: { outcome: DealOutcome; closedOn: Day | null; monthLocked: boolean };
}

/** The deal as of a day; refuses an unknown one. */
export async function readDeal(db: Db, dealId: string, today: Day): Promise<DealRow> {
  const [row] = await db.execute<DealRow>(sql`
    select d.id, d.account, d.account_id as "accountId", d.name, d.crm_url as "crmUrl",
      d.expected_close_on::text as "expectedCloseOn", d.probability,
      d.forecast_category::text as "forecastCategory", d.next_step as "nextStep", d.owner, d.amount::text as amount, d.currency, d.type::text as type,
      d.route::text as route, d.created_on::text as "createdOn",
      case when d.closed_on <= ${today}::date then d.closed_on::text end as "closedOn",
      case when d.closed_on <= ${today}::date then d.outcome::text else 'open' end as state,
      d.first_engaged_on::text as "firstEngagedOn", d.recreated_from as "recreatedFrom",
      coalesce(o.outcome, 'none')::text as outcome, o.evidence::text as evidence,
      d.amended_on::text as "amendedOn", coalesce(o.disputed, false) as disputed,
      coalesce(o.gray, '{}')::text[] as gray, d.no_partner_on::text as "noPartnerOn",
      u.name as "noPartnerBy", coalesce(o.confirmed, false) as "attributionConfirmed", d.demo, d.version,
      json_build_object('outcome', d.outcome, 'closedOn', d.closed_on, 'monthLocked', exists (
        select from locked_months m where m.month = to_char(d.closed_on, 'YYYY-MM'))) as stored
    from deals d left join judged_deals o on o.deal_id = d.id left join users u on u.id = d.no_partner_by
    where d.id = ${dealId}`);
  return row ?? noDeal(dealId);
}

interface RoleRecord extends Record<string, unknown> {
  id: string;
  partnerId: string;
  contact: string | null;
  role: Role;
  touchStage: Stage;
  touchedOn: Day;
  recordedOn: Day;
  recordedById: string | null;
  recordedBy: string | null;
  changedById: string | null;
  confirmedOn: Day | null;
  confirmedBy: string | null;
  refusedOn: Day | null;
  refusedBy: string | null;
  refusedReason: string | null;
}

/** A correction of a closed deal, with its answer. */
export interface CorrectionRecord extends Record<string, unknown> {
  id: string;
  before: Locked;
  after: Locked;
  reason: string;
  proposedOn: Day;
  proposedById: string;
  proposedBy: string;
  state: "proposed" | "accepted" | "declined" | "withdrawn";
  decidedOn: Day | null;
  decidedBy: string | null;
  answer: string | null;
}

/** What people recorded about a deal beyond the facts that judging reads. */
export interface DealRecords {
  /** In the order they were recorded. */
  roles: RoleRecord[];
  activities: {
    id: string;
    recordedBy: string | null;
    changedBy: string | null;
    owner: string | null;
    toldBy: string | null;
    nextStep: string | null;
    nextStepDueOn: Day | null;
    vouchedOn: Day | null;
    vouchedBy: string | null;
  }[];
  registrations: {
    id: string;
    recordedById: string | null;
    recordedBy: string | null;
    decidedBy: string | null;
    decidedOn: Day | null;
    reason: string | null;
  }[];
  /** The latest first. */
  corrections: CorrectionRecord[];
  steps: StepRecord[];
  /** Fact id → who at the partner confirmed it as it reads now. */
  confirmed: ReadonlyMap<string, { by: string; on: Day }>;
  outcomes: { partnerId: string; outcome: Outcome; disputed: Outcome | null; credit: string }[];
  /** Partner id → what it is called, of every partner on the deal. */
  names: ReadonlyMap<string, Called>;
}

export async function readRecords(db: Db, dealId: string): Promise<DealRecords> {
  const [roles, activities, registrations, corrections, outcomes, names, steps, confirmed] =
    await Promise.all([
      db.execute<RoleRecord>(sql`
      select r.id, r.partner_id as "partnerId", r.contact, r.role::text as role,
        r.touch_stage as "touchStage", r.touched_on::text as "touchedOn",
        r.recorded_on::text as "recordedOn", r.recorded_by as "recordedById", a.name as "recordedBy",
        r.changed_by as "changedById", r.confirmed_on::text as "confirmedOn", c.name as "confirmedBy",
        r.refused_on::text as "refusedOn", f.name as "refusedBy", r.refused_reason as "refusedReason"
      from role_rows r
      left join users a on a.id = r.recorded_by left join users c on c.id = r.confirmed_by
      left join users f on f.id = r.refused_by
      where r.deal_id = ${dealId} order by r.recorded_on, r.id`),
      db.execute<DealRecords["activities"][number] & Record<string, unknown>>(sql`
      select a.id, a.recorded_by as "recordedBy", a.changed_by as "changedBy", u.name as owner,
        a.next_step as "nextStep", a.next_step_due_on::text as "nextStepDueOn",
        a.vouched_on::text as "vouchedOn", v.name as "vouchedBy", s.answered_by as "toldBy"
      from activities a left join users u on u.id = a.owner_id left join users v on v.id = a.vouched_by
      left join partner_statements s on s.id = a.statement_id
      where a.deal_id = ${dealId}`),
      db.execute<DealRecords["registrations"][number] & Record<string, unknown>>(sql`
      select g.id, g.recorded_by as "recordedById", r.name as "recordedBy", d.name as "decidedBy",
        g.decided_on::text as "decidedOn", g.reason
      from registrations g left join users r on r.id = g.recorded_by left join users d on d.id = g.decided_by
      where g.deal_id = ${dealId}`),
      db.execute<CorrectionRecord>(sql`
      select c.id, c.before, c.after, c.reason, c.proposed_on::text as "proposedOn",
        c.proposed_by as "proposedById", p.name as "proposedBy", c.state::text as state,
        c.decided_on::text as "decidedOn", d.name as "decidedBy", c.answer
      from corrections c join users p on p.id = c.proposed_by left join users d on d.id = c.decided_by
      where c.deal_id = ${dealId} order by c.created_at desc, c.id`),
      db.execute<DealRecords["outcomes"][number] & Record<string, unknown>>(sql`
      select partner_id as "partnerId", outcome::text as outcome, disputed::text as disputed,
        credit::text as credit
      from partner_outcomes where deal_id = ${dealId}`),
      db
        .execute<{ id: string }>(sql`
        select partner_id as id from role_rows where deal_id = ${dealId}
        union select partner_id from activities where deal_id = ${dealId}
        union select partner_id from registrations where deal_id = ${dealId}
        union select partner_id from rulings where deal_id = ${dealId}`)
        .then((rows) =>
          partnersCalled(
            db,
            [...rows].map(({ id }) => id),
          ),
        ),
      readSteps(db, dealId),
      readConfirmed(db, dealId),
    ]);
  return {
    roles: [...roles],
    activities: [...activities],
    registrations: [...registrations],
    corrections: [...corrections],
    ...{ steps, confirmed },
    outcomes: [...outcomes],
    names,
  };
}

async function readConfirmed(db: Db, dealId: string) {
  const rows = await db.execute<{ id: string; by: string; on: Day }>(sql`
    select distinct on (f.fact_id) f.fact_id as id, s.answered_by as by, w.said_on::text as on
    from partner_word_facts f join partner_words w on w.id = f.word_id
      join partner_statements s on s.id = w.statement_id
      left join role_rows r on r.id = f.fact_id left join activities a on a.id = f.fact_id
    where f.deal_id = ${dealId} and f.claim = coalesce(
      case when r.id is not null then ${CLAIMS.role("r")} end, ${CLAIMS.activity("a")})
    order by f.fact_id, w.said_on`);
  return new Map([...rows].map(({ id, by, on }) => [id, { by, on }]));
}
