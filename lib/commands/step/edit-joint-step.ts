import { z } from "zod";
import { mustHaveUser } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayEditStep } from "./guards";
import { lockStep, writeStep } from "./load";

export const editJointStep = defineVerb({
  name: "edit-joint-step",
  summary: "Change what a next joint step is, when it is due or who sees to it",
  input: z.strictObject({
    /** A step's own id, or that of the activity which agreed on it. */
    stepId: field.id,
    changes: z
      .strictObject({ what: field.line(500), dueOn: field.day.nullable(), ownerId: field.id })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ stepId: z.string() }),
  guard: mayEditStep,
  subject: (context, { stepId }) => lockStep(context, stepId),
  stands: ({ row, activity, step: { ownerId } }) => ({
    what: row?.what ?? activity?.nextStep,
    dueOn: row?.dueOn ?? activity?.nextStepDueOn,
    ownerId,
  }),
  async run(context, { stepId, changes }, locked) {
    if (changes.ownerId && changes.ownerId !== locked.step.ownerId)
      await mustHaveUser(context, "changes.ownerId", changes.ownerId);
    await writeStep(context, locked, changes);
    return { stepId };
  },
});
