import { eq } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayCloseDeal } from "./guards";
import { lockDeal, roleRowsOf } from "./load";

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
  guard: mayCloseDeal,
  subject: async (context, { dealId, version, outcome }) => {
    const deal = await lockDeal(context, dealId, version);
    const rows = await roleRowsOf(context, [dealId]);
    return { deal, rows, noPartnerOn: deal.noPartnerOn, as: outcome };
  },
  async run({ tx, today, audit, touch }, { dealId, outcome, closedOn = today }, { deal: before }) {
    if (closedOn > today) refuse("closedOn", closedOn, "must not be in the future");
    if (closedOn < before.createdOn)
      refuse("closedOn", closedOn, `must not be before ${before.createdOn}, its creation`);
    const [after] = await tx.update(deals).set({ outcome, closedOn }).where(eq(deals.id, dealId)).returning();
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after });
    touch(dealId);
    return { dealId };
  },
});
