import { eq } from "drizzle-orm";
import { deals } from "@/db/schema/deals";
import { activities } from "@/db/schema/facts";
import { jointSteps } from "@/db/schema/joint-steps";
import type { Day } from "@/lib/attribution/facts";
import { Refusal } from "@/lib/errors";
import { type ActivityRow, type DealRow, lockActivity } from "../deal/load";
import type { WriteContext } from "../verb";

type StepRow = typeof jointSteps.$inferSelect;

/** What may be said of a step. */
export interface StepChanges {
  what?: string;
  dueOn?: Day | null;
  ownerId?: string;
  doneOn?: Day | null;
  doneBy?: string | null;
}

/** A next joint step, locked: one of its own, or the one that an activity agreed on, by the activity's id. */
export interface LockedStep {
  step: { ownerId: string | null; doneOn: Day | null; closedOn?: Day | null };
  deal: DealRow;
  row: StepRow | null;
  activity: ActivityRow | null;
}

export async function lockStep(context: WriteContext, stepId: string): Promise<LockedStep> {
  const [own] = await context.tx
    .select({ row: jointSteps, deal: deals })
    .from(jointSteps)
    .innerJoin(deals, eq(deals.id, jointSteps.dealId))
    .where(eq(jointSteps.id, stepId))
    .for("update", { of: jointSteps });
  if (own) return { step: own.row, ...own, activity: null };
  const [of] = await context.tx
    .select({ id: activities.id, nextStep: activities.nextStep })
    .from(activities)
    .where(eq(activities.id, stepId));
  if (!of?.nextStep) throw noStep(stepId);
  const { activity, deal } = await lockActivity(context, stepId);
  if (activity.nextStep === null) throw noStep(stepId);
  const { ownerId, nextStepDoneOn: doneOn } = activity;
  return { step: { ownerId, doneOn }, deal, row: null, activity };
}

const noStep = (stepId: string) =>
  new Refusal({
    code: "not_found",
    field: "stepId",
    value: stepId,
    rule: "there is no next joint step with this id",
  });

/** Changes a locked step where it is kept, or takes it away; with the log. */
export async function writeStep(
  context: WriteContext,
  { row, activity, deal }: LockedStep,
  changes: StepChanges | null,
): Promise<void> {
  const { tx, audit, touch } = context;
  if (row) {
    const its = eq(jointSteps.id, row.id);
    const [after = null] = changes
      ? await tx.update(jointSteps).set(changes).where(its).returning()
      : await tx
          .delete(jointSteps)
          .where(its)
          .then(() => []);
    audit({ subjectKind: "joint_step", subjectId: row.id, dealId: deal.id, before: row, after });
  } else if (activity) {
    const [after] = await tx
      .update(activities)
      .set(changes ? inActivity(changes) : NO_STEP)
      .where(eq(activities.id, activity.id))
      .returning();
    audit({ subjectKind: "activity", subjectId: activity.id, dealId: deal.id, before: activity, after });
    // Whoever edits the activity meanwhile edits an older one.
    touch(deal.id);
  }
}

const NO_STEP = { nextStep: null, nextStepDueOn: null, nextStepDoneOn: null, nextStepDoneBy: null };

function inActivity({ what, dueOn, ownerId, doneOn, doneBy }: StepChanges) {
  return {
    ...(what !== undefined && { nextStep: what }),
    ...(dueOn !== undefined && { nextStepDueOn: dueOn }),
    ...(ownerId !== undefined && { ownerId }),
    ...(doneOn !== undefined && { nextStepDoneOn: doneOn }),
    ...(doneBy !== undefined && { nextStepDoneBy: doneBy }),
  };
}
