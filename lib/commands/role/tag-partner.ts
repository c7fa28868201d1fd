import { z } from "zod";
import { activities } from "@/db/schema/facts";
import { activityInput, activityRow } from "../activity/log-activity";
import { lockScene, mustBeThere } from "../deal/load";
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
  subject: (context, { dealId, version, partnerId }) => lockScene(context, dealId, { version, partnerId }),
  async run(context, input, scene) {
    const { add, audit } = context;
    const partner = mustBeThere(scene.partner, input.partnerId);
    const { rowId, confirmed } = addRoleRow(context, scene, { ...input, partner });
    let activityId: string | null = null;
    if (input.activity) {
      const activity = await activityRow(context, scene, input.partnerId, input.activity);
      add(activities, activity);
      audit({
        subjectKind: "activity",
        subjectId: activity.id,
        dealId: input.dealId,
        before: null,
        after: activity,
      });
      activityId = activity.id;
    }
    return { rowId, activityId, confirmed };
  },
});
