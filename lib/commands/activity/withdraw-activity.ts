import { eq } from "drizzle-orm";
import { z } from "zod";
import { activities } from "@/db/schema/facts";
import { lockActivity } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayWithdrawActivity } from "./guards";

export const withdrawActivity = defineVerb({
  name: "withdraw-activity",
  summary: "Take back an activity that did not happen",
  input: z.strictObject({ activityId: field.id }),
  output: z.object({ activityId: z.string() }),
  guard: mayWithdrawActivity,
  subject: (context, { activityId }) => lockActivity(context, activityId),
  async run({ tx, audit, touch }, { activityId }, { activity, deal }) {
    await tx.delete(activities).where(eq(activities.id, activityId));
    audit({ subjectKind: "activity", subjectId: activityId, dealId: deal.id, before: activity, after: null });
    touch(deal.id);
    return { activityId };
  },
});
