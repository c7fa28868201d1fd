import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { exceptions } from "@/db/schema/exceptions";
import { rulings } from "@/db/schema/facts";
import { closeWithDeals } from "@/lib/judging/exceptions";
import { judgeRemoval } from "@/lib/judging/judge";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayDeleteDeal } from "./guards";
import { lockDeal } from "./load";

export const deleteDeal = defineVerb({
  name: "delete-deal",
  summary: "Remove a deal that the CRM merged into another or never should have had",
  input: z.strictObject({ dealId: field.id, version: field.version, reason: field.line(500) }),
  output: z.object({ dealId: z.string() }),
  guard: mayDeleteDeal,
  subject: async (context, { dealId, version }) => {
    const deal = await lockDeal(context, dealId, version);
    const [ruled] = await context.tx
      .select({ id: rulings.id })
      .from(rulings)
      .where(eq(rulings.dealId, dealId))
      .limit(1);
    const [waiting] = await context.tx
      .select({ id: exceptions.id })
      .from(exceptions)
      .where(and(eq(exceptions.dealId, dealId), isNull(exceptions.settledAt)))
      .limit(1);
    return { deal, ruling: ruled?.id ?? null, undecided: waiting !== undefined };
  },
  async run({ tx, today, audit, touch }, { dealId, reason }, { deal: before }) {
    await closeWithDeals(tx, [dealId], today);
    await judgeRemoval(tx, [dealId], today, async () => {
      await tx.delete(rulings).where(eq(rulings.dealId, dealId));
      await tx.delete(deals).where(eq(deals.id, dealId));
    });
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after: { deleted: true, reason } });
    touch(dealId);
    return { dealId };
  },
});
