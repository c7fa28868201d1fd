import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { daysBetween } from "@/lib/calendar";
import type { GuardedDeal } from "@/lib/commands/deal/guards";
import { maySay } from "@/lib/commands/guard";
import { mayEditStep, mayKeepStep } from "@/lib/commands/step/guards";
import { dayShape, mayShape, namedShape } from "../shapes";

/** What is done next with a partner on a deal (§1). */
export const jointStepShape = z.object({
  /** Its own, or that of the activity which agreed on it. */
  id: z.string(),
  partner: namedShape,
  what: z.string(),
  dueOn: dayShape.nullable(),
  /** Whole days past its due day while it is not done; else 0. */
  overdueDays: z.int(),
  /** Who sees to it; null of one that an import brought. */
  owner: namedShape.nullable(),
  /** The day of the activity that agreed on it; null of one that was planned by itself. */
  agreedOn: dayShape.nullable(),
  done: z.object({ on: dayShape, by: z.string() }).nullable(),
  may: z.object({ edit: mayShape, keep: mayShape }),
});

export interface StepRecord extends Record<string, unknown> {
  id: string;
  partnerId: string;
  partnerName: string;
  what: string;
  dueOn: Day | null;
  ownerId: string | null;
  ownerName: string | null;
  agreedOn: Day | null;
  doneOn: Day | null;
  doneBy: string | null;
}

/** A deal's steps in one statement: the open ones first, the first due of them first. */
export async function readSteps(db: Db, dealId: string): Promise<StepRecord[]> {
  const rows = await db.execute<StepRecord>(sql`
    select s.id, p.id as "partnerId", p.name as "partnerName", s.what, s.due_on::text as "dueOn",
      o.id as "ownerId", o.name as "ownerName", s.agreed_on::text as "agreedOn",
      s.done_on::text as "doneOn", d.name as "doneBy"
    from (
      select id, partner_id, what, due_on, owner_id, null::date as agreed_on, done_on, done_by
      from joint_steps where deal_id = ${dealId} and closed_on is null
      union all
      select id, partner_id, next_step, next_step_due_on, owner_id, occurred_on, next_step_done_on, next_step_done_by
      from activities where deal_id = ${dealId} and next_step is not null) s
    join partners p on p.id = s.partner_id
    left join users o on o.id = s.owner_id left join users d on d.id = s.done_by
    order by s.done_on desc nulls first, s.due_on nulls last, s.id`);
  return [...rows];
}

/** A step as its deal's page shows it. */
export function stepLine(
  actor: Actor,
  deal: GuardedDeal,
  today: Day,
  { partnerId, partnerName, ownerId, ownerName, doneOn, doneBy, ...step }: StepRecord,
): z.output<typeof jointStepShape> {
  const guarded = { deal, step: { ownerId, doneOn } };
  const late = doneOn === null && step.dueOn !== null && step.dueOn < today;
  return {
    ...step,
    partner: { id: partnerId, name: partnerName },
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? "" },
    overdueDays: late ? daysBetween(step.dueOn!, today) : 0,
    done: doneOn === null ? null : { on: doneOn, by: doneBy ?? "" },
    may: { edit: maySay(mayEditStep, actor, guarded), keep: maySay(mayKeepStep, actor, guarded) },
  };
}
