import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { costs } from "@/db/schema/finance";
import { ANY_COST } from "@/lib/metrics/cost-categories";
import * as field from "../input";
import { defineVerb } from "../verb";

export const recordCost = defineVerb({
  name: "record-cost",
  summary: "Record what a quarter cost, by side and category",
  input: z.strictObject({
    quarter: field.quarter,
    side: z.enum(["partner_program", "direct_sales"], { error: "must be partner_program or direct_sales" }),
    category: field.line(100),
    amount: field.amount,
    currency: field.currency,
  }),
  output: z.object({ quarter: z.string() }),
  guard: { may: "finance.edit" },
  async run({ tx, demo, audit }, cost) {
    const key = and(
      eq(costs.quarter, cost.quarter),
      eq(costs.side, cost.side),
      eq(costs.category, cost.category),
      eq(costs.currency, cost.currency),
    );
    const [before] = await tx.select().from(costs).where(key).for("update");
    await tx
      .insert(costs)
      .values({ ...cost, demo })
      .onConflictDoUpdate({
        target: [costs.quarter, costs.side, costs.category, costs.currency],
        set: { amount: cost.amount },
      });
    await tx.execute(sql`
      delete from cost_nones where quarter = ${cost.quarter} and side::text = ${cost.side}
        and category in (${ANY_COST}, lower(trim(${cost.category})))`);
    audit({
      subjectKind: "cost",
      subjectId: `${cost.quarter} ${cost.side} ${cost.category} ${cost.currency}`,
      dealId: null,
      before: before ?? null,
      after: cost,
    });
    return { quarter: cost.quarter };
  },
});
