import { z } from "zod";
import { activities } from "@/db/schema/facts";
import { activityOf, menuOf } from "@/lib/attribution/menu";
import { refuse } from "@/lib/errors";
import { lockScene, mustBeThere, type Scene, stageIn } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayLogActivity } from "./guards";
import { mustBeKept } from "./kept-note";

/** What is said of an activity, apart from whose it is. */
export const activityInput = z.strictObject({
  type: field.activityType,
  occurredOn: field.day.optional(),
  /** The deal's stage on that day when left out. */
  stage: field.stage.optional(),
  proof: field.proof.nullable().default(null),
  /** The menu's default for the type when left out. */
  involvement: field.involvement.optional(),
  nextStep: field.line(500).nullable().default(null),
  nextStepDueOn: field.day.nullable().default(null),
});

/** The row that a logged activity becomes, with what was left out filled from the deal and the policy's menu. */
export async function activityRow(
  context: WriteContext,
  { deal, stages }: Scene,
  partnerId: string,
  input: z.output<typeof activityInput>,
) {
  const { actor, today } = context;
  const occurredOn = input.occurredOn ?? today;
  if (occurredOn > today)
    refuse("occurredOn", occurredOn, "must not be in the future: an activity has happened");
  if (input.nextStepDueOn && !input.nextStep) {
    refuse("nextStepDueOn", input.nextStepDueOn, "a due day needs a next step to be due");
  }
  await mustBeKept(context, "proof", input.proof);
  const entry = activityOf(input.type, menuOf((await context.policies()).onDay(today).policy));
  if (!entry) refuse("type", input.type, "must be a type of the activity menu");
  return {
    id: newId("A"),
    dealId: deal.id,
    partnerId,
    type: input.type,
    stage: input.stage ?? stageIn({ stages }, occurredOn),
    occurredOn,
    recordedOn: today,
    proof: input.proof,
    involvement: input.involvement ?? entry.involvement,
    recordedBy: actor.userId,
    ownerId: actor.userId,
    nextStep: input.nextStep,
    nextStepDueOn: input.nextStepDueOn,
  };
}

export const logActivity = defineVerb({
  name: "log-activity",
  summary: "Log what a partner did on a deal, with its proof",
  input: activityInput.extend({ dealId: field.id, partnerId: field.id }),
  output: z.object({ activityId: z.string() }),
  guard: mayLogActivity,
  subject: (context, { dealId, partnerId }) => lockScene(context, dealId, { partnerId }),
  async run(context, { dealId, partnerId, ...input }, scene) {
    mustBeThere(scene.partner, partnerId);
    const activity = await activityRow(context, scene, partnerId, input);
    context.add(activities, activity);
    context.audit({ subjectKind: "activity", subjectId: activity.id, dealId, before: null, after: activity });
    context.touch(dealId);
    return { activityId: activity.id };
  },
});
