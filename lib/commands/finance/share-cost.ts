import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { costShares, costs } from "@/db/schema/finance";
import { Refusal, refuse } from "@/lib/errors";
import { sumMinor } from "@/lib/money";
import { mustBeItself, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayRecordCost } from "./guards";

export const shareCost = defineVerb({
  name: "share-cost",
  summary: "Say what of a cost went to which partners, as far as it is known",
  input: z.strictObject({
    quarter: field.quarter,
    side: z.enum(["partner_program", "direct_sales"], { error: "must be partner_program or direct_sales" }),
    category: field.line(100),
    currency: field.currency,
    /** All of them; none takes them away. What is left of the cost is of no partner by name. */
    shares: z
      .array(z.strictObject({ partnerId: field.id, amount: field.amount }))
      .max(500, "must be at most 500 partners"),
  }),
  output: z.object({ quarter: z.string() }),
  guard: mayRecordCost,
  async run(context, { shares, ...cost }) {
    const { tx, audit } = context;
    const its = (table: typeof costs | typeof costShares) =>
      and(
        eq(table.quarter, cost.quarter),
        eq(table.side, cost.side),
        eq(table.category, cost.category),
        eq(table.currency, cost.currency),
      );
    const [entered] = await tx.select({ amount: costs.amount }).from(costs).where(its(costs)).for("update");
    if (!entered)
      throw new Refusal({
        ...{ code: "not_found", field: "category", value: cost.category },
        rule: `has no cost in ${cost.quarter}`,
      });
    const seen = new Set<string>();
    for (const [at, { partnerId, amount }] of shares.entries()) {
      if (seen.has(partnerId)) refuse(`shares[${at}].partnerId`, partnerId, "is named twice");
      seen.add(partnerId);
      if (amount === 0) refuse(`shares[${at}].amount`, amount, "must be above zero");
      mustBeItself(await mustHavePartner(context, partnerId));
    }
    const sum = sumMinor(shares.map(({ amount }) => amount));
    if (sum > entered.amount) refuse("shares", sum, "must not be more than the cost");
    const before = await tx.delete(costShares).where(its(costShares)).returning();
    if (shares.length > 0) await tx.insert(costShares).values(shares.map((one) => ({ ...cost, ...one })));
    audit({
      subjectKind: "cost_share",
      subjectId: `${cost.quarter} ${cost.side} ${cost.category} ${cost.currency}`,
      dealId: null,
      before: { shares: before.map(({ partnerId, amount }) => ({ partnerId, amount })) },
      after: { shares },
    });
    return { quarter: cost.quarter };
  },
});
