import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { activities, roleRows } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import * as field from "./input";
import { isOwnDeal, lockDeal, mustHavePartner, ownDeal, stageOn } from "./load";
import { activityInput, activityRow } from "./log-activity";
import { newId } from "./new-id";
import { defineVerb } from "./verb";

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
  may: "role.add",
  own: async (context, { dealId }) => {
    const deal = await lockDeal(context, dealId);
    return ownDeal(context.actor, deal, "or a partner manager names its partners");
  },
  async run(context, input) {
    const { tx, actor, today, audit, touch } = context;
    const deal = await lockDeal(context, input.dealId, input.version);
    const partner = await mustHavePartner(context, input.partnerId);
    const touchedOn = input.touchedOn ?? today;
    if (touchedOn > today) refuse("touchedOn", touchedOn, "must not be in the future");
    const twin = await tx
      .select({ id: roleRows.id })
      .from(roleRows)
      .where(
        and(
          eq(roleRows.dealId, deal.id),
          eq(roleRows.partnerId, input.partnerId),
          eq(roleRows.role, input.role),
        ),
      );
    if (twin.length > 0) refuse("role", input.role, `${partner.name} holds this role on the deal already`);
    // The AE's own tag is the confirmation that finance trusts; anybody else's waits for it (§5).
    const confirmed = actor.role === "ae" && isOwnDeal(actor, deal);
    const row = {
      id: newId("T"),
      dealId: deal.id,
      partnerId: input.partnerId,
      role: input.role,
      contact: input.contact,
      touchStage: input.touchStage ?? (await stageOn(context, deal.id, touchedOn)),
      touchedOn,
      recordedOn: today,
      recordedBy: actor.userId,
      confirmedOn: confirmed ? today : null,
      confirmedBy: confirmed ? actor.userId : null,
    };
    await tx.insert(roleRows).values(row);
    audit({ subjectKind: "role_row", subjectId: row.id, dealId: deal.id, before: null, after: row });
    if (deal.noPartnerOn) {
      const cleared = { noPartnerOn: null, noPartnerBy: null };
      await tx.update(deals).set(cleared).where(eq(deals.id, deal.id));
      audit({
        subjectKind: "deal",
        subjectId: deal.id,
        dealId: deal.id,
        before: deal,
        after: { ...deal, ...cleared },
      });
    }
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
    touch(deal.id);
    return { rowId: row.id, activityId, confirmed };
  },
});
