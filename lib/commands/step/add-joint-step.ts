import { z } from "zod";
import { jointSteps } from "@/db/schema/joint-steps";
import { refuse } from "@/lib/errors";
import { lockScene, mustBeThere, mustHaveUser } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayAddStep } from "./guards";

export const addJointStep = defineVerb({
  name: "add-joint-step",
  summary: "Plan what is done next with a partner on a deal",
  input: z.strictObject({
    dealId: field.id,
    partnerId: field.id,
    what: field.line(500),
    dueOn: field.day.nullable().default(null),
    /** Who sees to it; whoever plans it when left out. */
    ownerId: field.id.optional(),
  }),
  output: z.object({ stepId: z.string() }),
  guard: mayAddStep,
  subject: (context, { dealId, partnerId }) => lockScene(context, dealId, { partnerId }),
  async run(context, { dealId, partnerId, what, dueOn, ownerId = context.actor.userId }, { partner }) {
    mustBeThere(partner, partnerId);
    if (ownerId === null) refuse("ownerId", null, "somebody sees to it: name a person with access");
    if (ownerId !== context.actor.userId) await mustHaveUser(context, "ownerId", ownerId);
    const step = {
      ...{ id: newId("J"), dealId, partnerId, what, dueOn, ownerId },
      ...{ recordedOn: context.today, recordedBy: context.actor.userId },
    };
    context.add(jointSteps, step);
    context.audit({ subjectKind: "joint_step", subjectId: step.id, dealId, before: null, after: step });
    return { stepId: step.id };
  },
});
