import { z } from "zod";
import { lockActivity } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayKeepIntroduction } from "./guards";
import { stopClock } from "./keep";

export const loopBack = defineVerb({
  name: "loop-back",
  summary: "Say when a partner was told what came of its warm introduction, or that it was not yet",
  input: z.strictObject({
    activityId: field.id,
    /** Today where it is left out; null lets its clock run again. */
    on: field.day.nullable().optional(),
  }),
  output: z.object({ activityId: z.string() }),
  guard: mayKeepIntroduction,
  subject: (context, { activityId }) => lockActivity(context, activityId),
  async run(context, { activityId, on = context.today }, subject) {
    await stopClock(context, subject, "loopedBack", on);
    return { activityId };
  },
});
