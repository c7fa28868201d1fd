import { eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { roleRows } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { lockDeal, ownDeal } from "./load";

export const closeDeal = defineVerb({
  name: "close-deal",
  summary: "Close a deal, won or lost",
  input: z.strictObject({
    dealId: field.id,
    version: field.version.optional(),
    outcome: z.enum(["won", "lost"], { error: "must be won or lost" }),
    closedOn: field.day.optional(),
  }),
  output: z.object({ dealId: z.string() }),
  may: "deal.close",
  own: async (context, { dealId }) => ownDeal(context.actor, await lockDeal(context, dealId), "closes it"),
  async run(context, { dealId, version, outcome, closedOn = context.today }) {
    const { tx, today, audit, touch } = context;
    const before = await lockDeal(context, dealId, version);
    if (before.outcome !== "open") {
      refuse("dealId", dealId, `the deal was ${before.outcome} on ${before.closedOn} already`);
    }
    if (closedOn > today) refuse("closedOn", closedOn, "must not be in the future");
    if (closedOn < before.createdOn)
      refuse("closedOn", closedOn, `must not be before ${before.createdOn}, its creation`);
    if (outcome === "won") {
      const rows = await tx.select().from(roleRows).where(eq(roleRows.dealId, dealId));
      const open = rows.filter((row) => row.confirmedOn === null);
      if (rows.length === 0 && before.noPartnerOn === null) {
        refuse(
          "dealId",
          dealId,
          "confirm the attribution first: name the partner, or say that none was involved",
        );
      }
      if (open.length > 0) {
        refuse("dealId", dealId, `confirm the attribution first: ${open.length} role row(s) wait for the AE`);
      }
    }
    const [after] = await tx.update(deals).set({ outcome, closedOn }).where(eq(deals.id, dealId)).returning();
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after });
    touch(dealId);
    return { dealId };
  },
});
