import { asc, desc, sql } from "drizzle-orm";
import { z } from "zod";
import { costs, rates } from "@/db/schema/finance";
import { CALENDAR_YEAR, threeMonths } from "@/lib/calendar";
import { COST_SIDES } from "@/lib/interchange/kinds";
import { defineQuery } from "../query";
import { dayShape, quarterShape } from "../shapes";

/** The days of three months that are kept under their first. */
function daysOf(key: string) {
  const { from, to } = threeMonths(key, CALENDAR_YEAR);
  return { from, to };
}

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
    /** Three months that are no quarter since the fiscal year was changed, with what waits for them to be one again. */
    waiting: z.array(z.object({ from: dayShape, to: dayShape, costs: z.int(), rates: z.int() })),
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
    const isQuarter = ({ quarter }: { quarter: string }) => quarter.includes("Q");
    const waiting = [...new Set([...costRows, ...rateRows].map(({ quarter }) => quarter))]
      .filter((quarter) => !isQuarter({ quarter }))
      .map((key) => ({
        ...daysOf(key),
        costs: costRows.filter(({ quarter }) => quarter === key).length,
        rates: rateRows.filter(({ quarter }) => quarter === key).length,
      }));
    return {
      costs: costRows.filter(isQuarter),
      rates: rateRows.filter(isQuarter),
      waiting,
      currencies: [...used].map(({ currency }) => currency),
    };
  },
});
