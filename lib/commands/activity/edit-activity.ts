import { eq } from "drizzle-orm";
import { z } from "zod";
import { activities } from "@/db/schema/facts";
import { activityOf, menuOf } from "@/lib/attribution/menu";
import { refuse } from "@/lib/errors";
import { policyInForce } from "@/lib/judging/policy-book";
import { isOwnDeal, lockActivity } from "../deal/load";
import * as field from "../input";
import { defineVerb, type Ownership, type WriteContext } from "../verb";

/** A partner manager changes the activities they logged, an AE those they logged on their own deal. */
export async function ownActivity(context: WriteContext, activityId: string): Promise<Ownership> {
  const { activity, deal } = await lockActivity(context, activityId);
  const { actor } = context;
  const logged = activity.ownerId !== null && activity.ownerId === actor.userId;
  return {
    owns: logged && (actor.role !== "ae" || isOwnDeal(actor, deal)),
    because: "An activity is changed by whoever logged it, or by the head of partnerships",
  };
}

export const editActivity = defineVerb({
  name: "edit-activity",
  summary: "Correct an activity, or add its proof",
  input: z.strictObject({
    activityId: field.id,
    /** Of the deal, as the editor saw it. */
    version: field.version.optional(),
    changes: z
      .strictObject({
        type: field.activityType,
        stage: field.stage,
        occurredOn: field.day,
        proof: field.proof.nullable(),
        involvement: field.involvement,
        nextStep: field.line(500).nullable(),
        nextStepDueOn: field.day.nullable(),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ activityId: z.string() }),
  may: "activity.change",
  own: (context, { activityId }) => ownActivity(context, activityId),
  async run(context, { activityId, version, changes }) {
    const { tx, today, audit, touch } = context;
    const { activity, deal } = await lockActivity(context, activityId, version);
    if (changes.type && !activityOf(changes.type, menuOf((await policyInForce(tx, today)).policy)))
      refuse("changes.type", changes.type, "must be a type of the activity menu");
    if (changes.occurredOn && changes.occurredOn > activity.recordedOn) {
      refuse(
        "changes.occurredOn",
        changes.occurredOn,
        `must not be after ${activity.recordedOn}, the day it was recorded`,
      );
    }
    // After close a missing proof may still be brought and next steps kept; what happened is locked.
    const rewrites = (["type", "stage", "occurredOn", "involvement"] as const).find((key) => key in changes);
    if (deal.outcome !== "open" && (rewrites || (changes.proof !== undefined && activity.proof !== null))) {
      const name = rewrites ?? "proof";
      refuse(
        `changes.${name}`,
        changes[name],
        `the deal was ${deal.outcome} on ${deal.closedOn}: what happened is locked`,
      );
    }
    const [after] = await tx.update(activities).set(changes).where(eq(activities.id, activityId)).returning();
    audit({ subjectKind: "activity", subjectId: activityId, dealId: deal.id, before: activity, after });
    touch(deal.id);
    return { activityId };
  },
});
