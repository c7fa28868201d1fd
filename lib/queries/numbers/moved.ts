import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { parseQuarter } from "@/lib/calendar";
import type { Figure } from "@/lib/metrics/definition";
import { approximate } from "@/lib/metrics/exact";
import { MOVED_CAUSES, shown } from "@/lib/metrics/moved";
import { metricOf } from "@/lib/metrics/quarter-numbers";
import { movedNumber } from "@/lib/sealing/moved-numbers";
import { readCompany } from "../company/company";
import { defineQuery } from "../query";
import { dayShape, quarterShape } from "../shapes";
import { lookOf, lookShape } from "./look";
import { unitShape, valueShape } from "./metric-shapes";
import { figureNamed, momentsOf } from "./printed-moved";

/** Of how many deals of a part it is told what each did; the others are counted. */
const TOLD = 200;

const momentShape = z.object({
  day: dayShape,
  /** ISO 8601; null before the house's first entry, when only the facts' own days tell what was so. */
  at: z.string().nullable(),
});

/** Why a number moved (§7): for people, rounded as numbers are; `npm run moved` prints the same exactly. */
export const moved = defineQuery({
  name: "moved",
  summary:
    "Why a number of a quarter moved between two days or instants, by cause and deal, adding up exactly.",
  input: z.strictObject({
    /** `influencedWinRate.rate`, or one of the four for its headline. */
    number: z.string().max(100),
    quarter: quarterShape,
    /** A day, which is its end in the company's zone, or an instant with its offset. */
    from: z.string().max(40),
    /** Now when absent. */
    to: z.string().max(40).optional(),
    /** Narrowed; a day in it is passed over, the two moments say it. */
    look: lookShape.optional(),
  }),
  output: z.object({
    figure: z.object({ name: z.string(), unit: unitShape }),
    reportingCurrency: z.string(),
    from: momentShape.extend({ value: valueShape }),
    to: momentShape.extend({ value: valueShape }),
    /** In the order in which the causes are taken; none where one of the two ends does not exist. */
    parts: z.array(
      z.object({
        cause: z.enum(MOVED_CAUSES),
        amount: z.number(),
        /** How many deals it was. */
        deals: z.int(),
        /** The first of them by id, with what each did; null where they were too many to be asked one by one. */
        told: z.array(
          z.object({ id: z.string(), account: z.string().nullable(), amount: z.number().nullable() }),
        ),
      }),
    ),
  }),
  async run({ db, today }, { number, quarter: label, from, to, look }) {
    const of = figureNamed("number", number);
    const { fiscalYear, reportingCurrency } = await readCompany(db);
    const quarter = parseQuarter(label, fiscalYear);
    const moments = await momentsOf(db, { from, to: to ?? today, today });
    const narrowing = (await lookOf(db, { ...look, asOf: undefined }, today))?.narrowing ?? null;
    const found = await movedNumber(db, of, quarter, { ...moments, reportingCurrency, narrowing });
    const { name, unit } = metricOf(of.metric).figures[of.figure] as Figure<string>;
    const told = found.parts.map(({ deals, each }) =>
      each ? each.slice(0, TOLD) : deals.slice(0, TOLD).map((deal) => ({ deal, amount: null })),
    );
    const accounts = await accountsOf(
      db,
      told.flat().map(({ deal }) => deal),
    );
    return {
      figure: { name, unit },
      reportingCurrency,
      from: { ...moments.from, value: shown(found.from) },
      to: { ...moments.to, value: shown(found.to) },
      parts: found.parts.map(({ cause, amount, deals }, at) => ({
        cause,
        amount: approximate(amount),
        deals: deals.length,
        told: told[at]!.map((one) => ({
          id: one.deal,
          account: accounts.get(one.deal) ?? null,
          amount: one.amount && approximate(one.amount),
        })),
      })),
    };
  },
});

async function accountsOf(db: Db, ids: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await db.execute<{ id: string; account: string | null }>(
    sql`select id, account from deals where id = any(${sql.param(ids)}::text[])`,
  );
  return new Map([...rows].map(({ id, account }) => [id, account]));
}
