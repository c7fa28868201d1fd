import { z } from "zod";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayKeepStep } from "./guards";
import { lockStep, writeStep } from "./load";

export const finishJointStep = defineVerb({
  name: "finish-joint-step",
  summary: "Say that a next joint step is done, or that it is not yet",
  input: z.strictObject({
    /** A step's own id, or that of the activity which agreed on it. */
    stepId: field.id,
    /** False opens it again. */
    done: z.boolean().default(true),
  }),
  output: z.object({ stepId: z.string() }),
  guard: mayKeepStep,
  subject: (context, { stepId }) => lockStep(context, stepId),
  async run(context, { stepId, done }, locked) {
    const { doneOn } = locked.step;
    if (done && doneOn !== null) refuse("done", done, `it was done on ${dayInWords(doneOn)} already`);
    if (!done && doneOn === null) refuse("done", done, "it is open");
    const { today, actor } = context;
    await writeStep(
      context,
      locked,
      done ? { doneOn: today, doneBy: actor.userId } : { doneOn: null, doneBy: null },
    );
    return { stepId };
  },
});
