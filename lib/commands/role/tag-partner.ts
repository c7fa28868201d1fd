import { z } from "zod";
import { activities } from "@/db/schema/facts";
import { activityInput, activityRow } from "../activity/log-activity";
import { lockDeal, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayTagPartner } from "./guards";
import { addRoleRow } from "./role-row";

export const tagPartner = defineVerb({
  name: "tag-partner",
  summary: "Name a partner's role in a deal",
  input: z.strictObject({
    dealId: field.id,
    version: field.version.optional(),
    partnerId: field.id,
    role: field.role,
    /** The stage at which the partner touched the deal; the deal's stage on the day when left out. */
    touchStage: field.stage.optional(),
    touchedOn: field.day.optional(),
    contact: field.line(200).nullable().default(null),
    /** What the partner did, asked for at once (§8.1). */
    activity: activityInput.optional(),
  }),
  output: z.object({ rowId: z.string(), activityId: z.string().nullable(), confirmed: z.boolean() }),
  guard: mayTagPartner,
  subject: async (context, { dealId, version }) => ({ deal: await lockDeal(context, dealId, version) }),
  async run(context, input, { deal }) {
    const { tx, audit } = context;
    const partner = await mustHavePartner(context, input.partnerId);
    const { rowId, confirmed } = await addRoleRow(context, deal, { ...input, partner });
    let activityId: string | null = null;
    if (input.activity) {
      const activity = await activityRow(context, deal, input.partnerId, input.activity);
      await tx.insert(activities).values(activity);
      audit({
        subjectKind: "activity",
        subjectId: activity.id,
        dealId: deal.id,
        before: null,
        after: activity,
      });
      activityId = activity.id;
    }
    return { rowId, activityId, confirmed };
  },
});
