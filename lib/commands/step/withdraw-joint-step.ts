import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayKeepStep } from "./guards";
import { lockStep, writeStep } from "./load";

export const withdrawJointStep = defineVerb({
  name: "withdraw-joint-step",
  summary: "Take away a next joint step that will not be done",
  /** A step's own id, or that of the activity which agreed on it. */
  input: z.strictObject({ stepId: field.id }),
  output: z.object({ stepId: z.string() }),
  guard: mayKeepStep,
  subject: (context, { stepId }) => lockStep(context, stepId),
  async run(context, { stepId }, locked) {
    await writeStep(context, locked, null);
    return { stepId };
  },
});
