import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { costShares, costs } from "@/db/schema/finance";
import { refuse } from "@/lib/errors";
import { ANY_COST } from "@/lib/metrics/cost-categories";
import { sumMinor } from "@/lib/money";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayRecordCost } from "./guards";

export const recordCost = defineVerb({
  name: "record-cost",
  summary: "Record what a quarter cost, by side and category, with a link to what shows it",
  input: z.strictObject({
    quarter: field.quarter,
    side: z.enum(["partner_program", "direct_sales"], { error: "must be partner_program or direct_sales" }),
    category: field.line(100),
    amount: field.amount,
    currency: field.currency,
    /** As it was when left out; null takes it away. */
    evidence: field.link.nullable().optional(),
  }),
  output: z.object({ quarter: z.string() }),
  guard: mayRecordCost,
  async run({ tx, actor, today, demo, audit }, { evidence: said, ...cost }) {
    const { quarter, side, category, currency } = cost;
    const its = (table: typeof costs | typeof costShares) =>
      and(
        eq(table.quarter, quarter),
        eq(table.side, side),
        eq(table.category, category),
        eq(table.currency, currency),
      );
    const [before] = await tx.select().from(costs).where(its(costs)).for("update");
    const shares = await tx.select({ amount: costShares.amount }).from(costShares).where(its(costShares));
    if (sumMinor(shares.map(({ amount }) => amount)) > cost.amount)
      refuse("amount", cost.amount, "is less than what partners are said to have got of it");
    const evidence = said === undefined ? (before?.evidence ?? null) : said;
    const entered = { evidence, enteredBy: actor.userId, enteredOn: actor.userId === null ? null : today };
    await tx
      .insert(costs)
      .values({ ...cost, ...entered, demo })
      .onConflictDoUpdate({
        target: [costs.quarter, costs.side, costs.category, costs.currency],
        set: { amount: cost.amount, ...entered },
      });
    await tx.execute(sql`
      delete from cost_nones where quarter = ${quarter} and side::text = ${side}
        and category in (${ANY_COST}, lower(trim(${category})))`);
    audit({
      subjectKind: "cost",
      subjectId: `${quarter} ${side} ${category} ${currency}`,
      dealId: null,
      before: before ?? null,
      after: { ...cost, ...entered },
    });
    return { quarter };
  },
});
