import { z } from "zod";
import { defineQuery } from "../query";
import { moneyShape } from "../shapes";
import { askedDeals, dealsAskedShape } from "./asked-deals";
import { allTotals } from "./count-deals";

/** How many deals match and what they add up to, however many: what a list leaves open until somebody asks. */
export const dealsTotals = defineQuery({
  name: "deals-totals",
  summary: "How many deals match a filter, and what they add up to: all of them, counted one by one.",
  input: dealsAskedShape,
  output: z.object({
    total: z.int(),
    /** Null when their currencies differ and no number is opened. */
    sum: moneyShape.nullable(),
  }),
  async run(context, input) {
    const { total, sum } = await allTotals(context.db, await askedDeals(context, input));
    return { total, sum };
  },
});
