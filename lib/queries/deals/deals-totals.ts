import { z } from "zod";
import { defineQuery } from "../query";
import { moneyShape } from "../shapes";
import { askedDeals, dealsAskedShape } from "./asked-deals";
import { allTotals, ratesShape } from "./count-deals";

/** How many deals match and what they add up to, however many: what a list leaves open until somebody asks. */
export const dealsTotals = defineQuery({
  name: "deals-totals",
  summary: "How many deals match a filter, and what they add up to: all of them, counted one by one.",
  input: dealsAskedShape,
  output: z.object({
    total: z.int(),
    /** Several currencies in the reporting one; null without a rate. */
    sum: moneyShape.nullable(),
    rates: ratesShape.nullable(),
  }),
  async run(context, input) {
    const { total, sum, rates } = await allTotals(context.db, await askedDeals(context, input));
    return { total, sum, rates };
  },
});
