import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { recordsOf } from "@/db/merged-partners";
import { isInfluencedFamily } from "@/lib/attribution/models";
import { type DealOutcome, GRADES, type Grade, OUTCOMES, type Outcome } from "@/lib/attribution/vocabulary";
import { daysBetween, firstOfMonth, monthIndex } from "@/lib/calendar";
import { defineQuery } from "../query";
import { dayShape, idShape, monthShape, namedShape, outcomeShape } from "../shapes";
import { MONTHS_SHOWN, yearOfMonths } from "./standing";

/** As many next steps as one looks over; they are counted all the same. */
const STEPS_SHOWN = 12;

const stepShape = z.object({
  id: z.string(),
  deal: z.object({ id: z.string(), account: z.string().nullable() }),
  what: z.string(),
  dueOn: dayShape.nullable(),
  /** Whole days past its due day; else 0. */
  overdueDays: z.int(),
  /** Who sees to it. */
  owner: namedShape.nullable(),
});

/** What a partner does and what comes of it (§7 "Of a partner"): every figure is one of deals, or of days. */
export const partnerMotion = defineQuery({
  name: "partner-motion",
  summary: "What a partner did and what came of it: outcomes with evidence, activity by month, proof rate.",
  input: z.strictObject({ partnerId: idShape }),
  output: z.object({
    /** Deals by the partner's own outcome, best first, never added together (§7); by who stands behind it. */
    outcomes: z.array(
      z.object({
        outcome: outcomeShape,
        deals: z.int(),
        evidence: z.array(z.object({ grade: z.enum(GRADES), deals: z.int() })),
      }),
    ),
    disputed: z.int(),
    /** Closed deals on which its outcome is of the influenced family. */
    influenced: z.object({ outcomes: z.array(outcomeShape), won: z.int(), lost: z.int() }),
    /** Twelve calendar months, this one the last: what it did in each, and how much of it has proof. */
    months: z.array(z.object({ month: monthShape, activities: z.int(), proven: z.int() })),
    /** Whole days since its last action; null when it never acted. */
    sinceDays: z.int().nullable(),
    /** Not done yet, the first due first. */
    steps: z.object({ open: z.int(), overdue: z.int(), shown: z.array(stepShape) }),
  }),
  async run({ db, today }, { partnerId }) {
    const records = await recordsOf(db, partnerId);
    const [stands, months, steps] = await Promise.all([
      readOutcomes(db, records),
      readMonths(db, records, today),
      readSteps(db, records, today),
    ]);
    const closed = (state: DealOutcome) =>
      dealsOf(stands.filter((one) => one.state === state && isInfluencedFamily(one.outcome)));
    return {
      outcomes: OUTCOMES.flatMap((outcome) => outcomeOf(outcome, stands)),
      disputed: dealsOf(stands.filter(({ disputed }) => disputed)),
      influenced: {
        outcomes: OUTCOMES.filter(isInfluencedFamily),
        won: closed("won"),
        lost: closed("lost"),
      },
      ...months,
      steps,
    };
  },
});

interface Stand extends Record<string, unknown> {
  outcome: Outcome;
  evidence: Grade | null;
  state: DealOutcome;
  disputed: boolean;
  deals: number;
}

const among = (records: readonly string[]) => sql`${sql.param(records)}::text[]`;

const dealsOf = (stands: readonly Stand[]) => stands.reduce((sum, { deals }) => sum + deals, 0);

function outcomeOf(outcome: Outcome, stands: readonly Stand[]) {
  const its = stands.filter((one) => one.outcome === outcome);
  if (its.length === 0) return [];
  const evidence = GRADES.toReversed().flatMap((grade) => {
    const deals = dealsOf(its.filter((one) => one.evidence === grade));
    return deals > 0 ? [{ grade, deals }] : [];
  });
  return [{ outcome, deals: dealsOf(its), evidence }];
}

async function readOutcomes(db: Db, records: readonly string[]): Promise<Stand[]> {
  const rows = await db.execute<Stand>(sql`
    select k.outcome, k.evidence, d.state::text as state, k.disputed, count(*)::int as deals
    from judged_deals d cross join lateral (
      select distinct o->>'outcome' as outcome, o->>'evidence' as evidence, o->>'disputed' is not null as disputed
      from jsonb_array_elements(d.partners) o where o->>'id' = any(${among(records)})) k
    where d.partner_ids && ${among(records)} group by 1, 2, 3, 4`);
  return [...rows];
}

async function readMonths(db: Db, records: readonly string[], today: string) {
  const [counted, last] = await Promise.all([
    db.execute<{ month: string; activities: number; proven: number }>(sql`
      select to_char(occurred_on, 'YYYY-MM') as month, count(*)::int as activities, count(proof)::int as proven
      from activities where partner_id = any(${among(records)}) and occurred_on >= ${yearOfMonths(today)}::date group by 1`),
    db.execute<{ on: string | null }>(sql`
      select max(occurred_on)::text as on from activities where partner_id = any(${among(records)})`),
  ]);
  const of = new Map([...counted].map((one) => [one.month, one]));
  const first = monthIndex(yearOfMonths(today));
  const months = Array.from({ length: MONTHS_SHOWN }, (_, at) => {
    const month = firstOfMonth(first + at).slice(0, 7);
    return of.get(month) ?? { month, activities: 0, proven: 0 };
  });
  const on = last[0]?.on ?? null;
  return { months, sinceDays: on === null ? null : daysBetween(on, today) };
}

/** Those that an activity agreed on and those planned by themselves, as a deal's page has them. */
async function readSteps(db: Db, records: readonly string[], today: string) {
  type Row = Omit<z.output<typeof stepShape>, "overdueDays"> & { all: number; overdue: number };
  const rows = await db.execute<Row & Record<string, unknown>>(sql`
    select s.id, json_build_object('id', d.id, 'account', d.account) as deal, s.what, s.due_on::text as "dueOn",
      case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as owner,
      count(*) over ()::int as all, (count(*) filter (where s.due_on < ${today}::date) over ())::int as overdue
    from (
      select id, deal_id, what, due_on, owner_id from joint_steps
      where partner_id = any(${among(records)}) and done_on is null and closed_on is null
      union all
      select id, deal_id, next_step, next_step_due_on, owner_id from activities
      where partner_id = any(${among(records)}) and next_step is not null and next_step_done_on is null) s
    join deals d on d.id = s.deal_id left join users u on u.id = s.owner_id
    order by s.due_on nulls last, s.id limit ${STEPS_SHOWN}`);
  return {
    open: rows[0]?.all ?? 0,
    overdue: rows[0]?.overdue ?? 0,
    shown: [...rows].map(({ all: _all, overdue: _overdue, ...step }) => ({
      ...step,
      overdueDays: step.dueOn !== null && step.dueOn < today ? daysBetween(step.dueOn, today) : 0,
    })),
  };
}
