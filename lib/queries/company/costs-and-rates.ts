import { asc, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { costNones, costShares, costs, rates } from "@/db/schema/finance";
import { partners } from "@/db/schema/partners";
import { users } from "@/db/schema/people";
import { CALENDAR_YEAR, daysOfKey } from "@/lib/calendar";
import { COST_SIDES } from "@/lib/interchange/kinds";
import { defineQuery } from "../query";
import { dayShape, namedShape, quarterShape } from "../shapes";

/** The days that something is kept under which are no quarter. */
function daysOf(key: string) {
  const { from, to } = daysOfKey(key, CALENDAR_YEAR);
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
        /** Who entered it as it stands; null of what a file brought. */
        entered: z.object({ by: z.string(), on: dayShape }).nullable(),
        /** A link to what shows it. */
        evidence: z.string().nullable(),
        /** What of it went to which partner, as far as it is known. */
        shares: z.array(namedShape.extend({ amount: z.int() })),
      }),
    ),
    /** Categories of a quarter that finance said have no cost: not missing, and not 0. */
    nones: z.array(
      z.object({
        quarter: quarterShape,
        side: z.enum(COST_SIDES),
        category: z.string(),
        said: z.object({ by: z.string().nullable(), on: dayShape }),
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
    /** Days that are no quarter since the fiscal year was changed, with what waits for them to be one again. */
    waiting: z.array(z.object({ from: dayShape, to: dayShape, costs: z.int(), rates: z.int() })),
    /** Currencies that deals or costs are in: each but the reporting one needs a rate a quarter. */
    currencies: z.array(z.string()),
  }),
  async run({ db }) {
    const [costRows, rateRows, used, nones] = await Promise.all([
      readCosts(db),
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
      readNones(db),
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
      nones: nones.filter(isQuarter),
      rates: rateRows.filter(isQuarter),
      waiting,
      currencies: [...used].map(({ currency }) => currency),
    };
  },
});

async function readCosts(db: Db) {
  const [rows, shares] = await Promise.all([
    db
      .select({ cost: costs, by: users.name })
      .from(costs)
      .leftJoin(users, eq(users.id, costs.enteredBy))
      .orderBy(desc(costs.quarter), asc(costs.side), asc(costs.category)),
    db
      .select({ share: costShares, name: partners.name })
      .from(costShares)
      .innerJoin(partners, eq(partners.id, costShares.partnerId))
      .orderBy(desc(costShares.amount), asc(costShares.partnerId)),
  ]);
  return rows.map(({ cost, by }) => {
    const { quarter, side, category, amount, currency, demo, enteredOn, evidence } = cost;
    const its = shares.filter(
      ({ share }) =>
        share.quarter === quarter &&
        share.side === side &&
        share.category === category &&
        share.currency === currency,
    );
    return {
      ...{ quarter, side, category, amount, currency, demo, evidence },
      entered: by !== null && enteredOn !== null ? { by, on: enteredOn } : null,
      shares: its.map(({ share, name }) => ({ id: share.partnerId, name, amount: share.amount })),
    };
  });
}

async function readNones(db: Db) {
  const rows = await db
    .select({ none: costNones, by: users.name })
    .from(costNones)
    .leftJoin(users, eq(users.id, costNones.saidBy))
    .orderBy(desc(costNones.quarter), asc(costNones.side), asc(costNones.category));
  return rows.map(({ none: { quarter, side, category, saidOn }, by }) => ({
    ...{ quarter, side, category },
    said: { by, on: saidOn },
  }));
}
