import { z } from "zod";
import { lockActivity } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayKeepIntroduction } from "./guards";
import { stopClock } from "./keep";

export const answerIntroduction = defineVerb({
  name: "answer-introduction",
  summary: "Say when we first responded to a partner's warm introduction, or that we have not yet",
  input: z.strictObject({
    activityId: field.id,
    /** Today where it is left out; null lets its clock run again. */
    on: field.day.nullable().optional(),
  }),
  output: z.object({ activityId: z.string() }),
  guard: mayKeepIntroduction,
  subject: (context, { activityId }) => lockActivity(context, activityId),
  async run(context, { activityId, on = context.today }, subject) {
    await stopClock(context, subject, "answered", on);
    return { activityId };
  },
});
