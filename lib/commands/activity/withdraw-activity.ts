import { eq } from "drizzle-orm";
import { z } from "zod";
import { activities } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { lockActivity } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { ownActivity } from "./edit-activity";

export const withdrawActivity = defineVerb({
  name: "withdraw-activity",
  summary: "Take back an activity that did not happen",
  input: z.strictObject({ activityId: field.id }),
  output: z.object({ activityId: z.string() }),
  may: "activity.change",
  own: (context, { activityId }) => ownActivity(context, activityId),
  async run(context, { activityId }) {
    const { tx, audit, touch } = context;
    const { activity, deal } = await lockActivity(context, activityId);
    if (deal.outcome !== "open" && activity.recordedOn <= deal.closedOn!) {
      refuse(
        "activityId",
        activityId,
        `the deal was ${deal.outcome} on ${deal.closedOn}: what happened is locked`,
      );
    }
    await tx.delete(activities).where(eq(activities.id, activityId));
    audit({ subjectKind: "activity", subjectId: activityId, dealId: deal.id, before: activity, after: null });
    touch(deal.id);
    return { activityId };
  },
});
