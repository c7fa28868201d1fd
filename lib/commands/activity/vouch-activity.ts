import { eq } from "drizzle-orm";
import { z } from "zod";
import { activities } from "@/db/schema/facts";
import { lockActivity } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayVouchActivity } from "./guards";

export const vouchActivity = defineVerb({
  name: "vouch-activity",
  summary: "Say as the deal's AE that an activity happened as it was logged",
  input: z.strictObject({ activityId: field.id }),
  output: z.object({ activityId: z.string() }),
  guard: mayVouchActivity,
  subject: (context, { activityId }) => lockActivity(context, activityId),
  async run({ tx, actor, today, audit, touch }, { activityId }, { activity, deal }) {
    const [after] = await tx
      .update(activities)
      .set({ vouchedOn: today, vouchedBy: actor.userId })
      .where(eq(activities.id, activityId))
      .returning();
    audit({ subjectKind: "activity", subjectId: activityId, dealId: deal.id, before: activity, after });
    touch(deal.id);
    return { activityId };
  },
});
