import { eq } from "drizzle-orm";
import { z } from "zod";
import { activities } from "@/db/schema/facts";
import { activityOf, menuOf } from "@/lib/attribution/menu";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";
import { lockActivity, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayEditActivity } from "./guards";
import { mustBeKept } from "./kept-note";

export const editActivity = defineVerb({
  name: "edit-activity",
  summary: "Correct an activity, or add its proof",
  input: z.strictObject({
    activityId: field.id,
    /** Of the deal, as the editor saw it. */
    version: field.version.optional(),
    changes: z
      .strictObject({
        partnerId: field.id,
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
  guard: mayEditActivity,
  subject: async (context, { activityId, version, changes }) => {
    const locked = await lockActivity(context, activityId, version);
    const { partnerId, type, stage, occurredOn, involvement, proof } = changes;
    const happened = (partnerId ?? type ?? stage ?? occurredOn ?? involvement) !== undefined;
    return { ...locked, rewrites: happened || (proof !== undefined && locked.activity.proof !== null) };
  },
  stands: ({ activity }) => activity,
  async run(context, { activityId, changes }, { activity, deal }) {
    const { tx, actor, audit, touch } = context;
    if (
      changes.type &&
      !activityOf(changes.type, menuOf((await context.policies()).onDay(context.today).policy))
    )
      refuse("changes.type", changes.type, "must be a type of the activity menu");
    if (changes.occurredOn && changes.occurredOn > activity.recordedOn) {
      refuse(
        "changes.occurredOn",
        changes.occurredOn,
        `must not be after ${dayInWords(activity.recordedOn)}, the day it was recorded`,
      );
    }
    if (changes.partnerId) await mustHavePartner(context, changes.partnerId);
    if (changes.proof !== activity.proof) await mustBeKept(context, "changes.proof", changes.proof);
    // What happened is now the word of whoever changed it; nobody else has stood behind that yet.
    const told = Object.keys(changes).some((name) => name !== "nextStep" && name !== "nextStepDueOn");
    const anew = told ? { changedBy: actor.userId, source: null, vouchedOn: null, vouchedBy: null } : {};
    const [after] = await tx
      .update(activities)
      .set({ ...changes, ...anew })
      .where(eq(activities.id, activityId))
      .returning();
    audit({ subjectKind: "activity", subjectId: activityId, dealId: deal.id, before: activity, after });
    touch(deal.id);
    return { activityId };
  },
});
