import { eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { roleRows } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import * as field from "./input";
import { lockDeal, ownDeal } from "./load";
import { defineVerb } from "./verb";

export const confirmNoPartner = defineVerb({
  name: "confirm-no-partner",
  summary: "Confirm that no partner is involved in a deal",
  input: z.strictObject({ dealId: field.id, version: field.version.optional() }),
  output: z.object({ dealId: z.string() }),
  may: "deal.confirm_no_partner",
  own: async (context, { dealId }) =>
    ownDeal(context.actor, await lockDeal(context, dealId), "confirms its attribution"),
  async run(context, { dealId, version }) {
    const { tx, actor, today, audit, touch } = context;
    const before = await lockDeal(context, dealId, version);
    const rows = await tx.select().from(roleRows).where(eq(roleRows.dealId, dealId));
    if (rows.length > 0) {
      refuse(
        "dealId",
        dealId,
        `${rows.length} role row(s) name a partner; withdraw them first, or confirm them`,
      );
    }
    if (!actor.userId) refuse("actor", actor.name, "a person confirms this, signed in");
    const [after] = await tx
      .update(deals)
      .set({ noPartnerOn: today, noPartnerBy: actor.userId })
      .where(eq(deals.id, dealId))
      .returning();
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after });
    touch(dealId);
    return { dealId };
  },
});
