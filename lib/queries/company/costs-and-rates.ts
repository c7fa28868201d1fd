import { asc, desc, sql } from "drizzle-orm";
import { z } from "zod";
import { costs, rates } from "@/db/schema/finance";
import { COST_SIDES } from "@/lib/interchange/kinds";
import { defineQuery } from "../query";
import { quarterShape } from "../shapes";

/** What each quarter cost, and its rates (§7): the grid that finance keeps. */
export const costsAndRates = defineQuery({
  name: "costs-and-rates",
  summary: "Recorded costs by quarter, side and category, the quarters' rates, and the currencies in use.",
  input: z.strictObject({}),
  output: z.object({
    costs: z.array(
      z.object({
        quarter: quarterShape,
        side: z.enum(COST_SIDES),
        category: z.string(),
        /** Minor units of `currency`. */
        amount: z.int(),
        currency: z.string(),
        demo: z.boolean(),
      }),
    ),
    rates: z.array(
      z.object({
        quarter: quarterShape,
        currency: z.string(),
        /** Reporting currency per unit, an exact decimal without trailing zeros. */
        rate: z.string(),
        demo: z.boolean(),
      }),
    ),
    /** Currencies that deals or costs are in: each but the reporting one needs a rate a quarter. */
    currencies: z.array(z.string()),
  }),
  async run({ db }) {
    const [costRows, rateRows, used] = await Promise.all([
      db.select().from(costs).orderBy(desc(costs.quarter), asc(costs.side), asc(costs.category)),
      db
        .select({
          quarter: rates.quarter,
          currency: rates.currency,
          rate: sql<string>`trim_scale(${rates.rate})::text`,
          demo: rates.demo,
        })
        .from(rates)
        .orderBy(desc(rates.quarter), asc(rates.currency)),
      db.execute<{ currency: string }>(
        sql`select currency from deals union select currency from costs order by currency`,
      ),
    ]);
    return { costs: costRows, rates: rateRows, currencies: [...used].map(({ currency }) => currency) };
  },
});
