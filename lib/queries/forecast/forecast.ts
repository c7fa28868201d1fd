import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { isInfluencedFamily } from "@/lib/attribution/models";
import { OUTCOMES, STAGES } from "@/lib/attribution/vocabulary";
import { mondayOf } from "@/lib/calendar";
import { maySetProbabilities, mayTakeForecast } from "@/lib/commands/forecast/guards";
import { maySay } from "@/lib/commands/guard";
import {
  cellsOf,
  closeOf,
  FORECAST_TREATMENTS,
  type ForecastDeal,
  sumOf,
  type Weighing,
  weigh,
} from "@/lib/metrics/forecast";
import { missingRates, readBasis, readForecastDeals } from "@/lib/sealing/forecast-week";
import { policyState } from "../policy/policy-state";
import { defineQuery } from "../query";
import { dayShape, mayShape, moneyShape, policyStateShape, quarterShape } from "../shapes";
import { inspectedShape, inspectRows, readInspection } from "./forecast-inspection";
import { closeShape, sumShape } from "./forecast-shapes";

const percents = z.array(z.int().min(0).max(100)).length(STAGES.length);

/** What may be committed (§7 forecast): sourced open pipeline, with the deals behind every figure. */
export const forecast = defineQuery({
  name: "forecast",
  summary:
    "Open sourced pipeline at its stages' probabilities by expected close quarter, its context, and its deals.",
  input: z.strictObject({
    treatment: z.enum(FORECAST_TREATMENTS).default("commit"),
    close: closeShape.optional(),
    stage: z.int().min(0).max(6).optional(),
    /** What the commit would be by other probabilities; nothing is kept. */
    probabilities: percents.optional(),
    offset: z.int().min(0).max(1_000_000).default(0),
    limit: z.int().min(0).max(1000).default(200),
  }),
  output: z.object({
    asOf: dayShape,
    quarter: quarterShape,
    reportingCurrency: z.string(),
    policy: policyStateShape,
    probabilities: percents,
    /** With which quarter's rate each currency is converted. */
    rates: z.array(z.object({ currency: z.string(), rate: z.string(), quarter: quarterShape })),
    /** Currencies without a rate: what needs them is null. */
    missing: z.array(z.string()),
    /** All in commit, by stage and expected close quarter; null without a rate. */
    commit: sumShape.nullable(),
    cells: z.array(sumShape.extend({ stage: z.int(), close: z.string() })),
    /** Co-sell deals, which are direct ones: never added to the commit. */
    context: sumShape.nullable(),
    /** Open deals of the influenced family, in no forecast; each currency by itself. */
    leftOut: z.object({ deals: z.int(), amounts: z.array(moneyShape) }),
    /** How well sourced deals are looked after, beside direct ones: the same standard. */
    inspection: z.object({
      commit: z.object({ deals: z.int(), undated: z.int(), overdue: z.int(), withoutStep: z.int() }),
      direct: z.object({ deals: z.int(), undated: z.int(), overdue: z.int(), withoutStep: z.int() }),
    }),
    /** The Monday of today's week, and the day on which it was taken; null while nobody did. */
    week: z.object({ monday: dayShape, takenOn: dayShape.nullable() }),
    /** Of the asked deals: how many, what they come to, and a page of them by expected close day. */
    total: z.int(),
    sum: sumShape.nullable(),
    rows: z.array(inspectedShape),
    may: z.object({ setProbabilities: mayShape, take: mayShape }),
  }),
  async run({ db, actor, today }, { treatment, close, stage, probabilities, offset, limit }) {
    const [read, deals, policy, leftOut, inspection, takenOn] = await Promise.all([
      readBasis(db, today),
      readForecastDeals(db),
      policyState(db, today),
      readLeftOut(db),
      readInspection(db, today),
      readTakenOn(db, mondayOf(today)),
    ]);
    const basis = { ...read, ...(probabilities && { probabilities }) };
    const of = (one: ForecastDeal["treatment"]) => deals.filter((deal) => deal.treatment === one);
    const [inCommit, context] = [weighed(of("commit"), basis), weighed(of("context"), basis)];
    const asked = of(treatment)
      .filter(
        (deal) =>
          (stage === undefined || deal.stage === stage) &&
          (close === undefined || closeOf(deal, basis.fiscalYear) === close),
      )
      .sort(byClose);
    const counted = weighed(asked, basis);
    return {
      ...{ asOf: today, quarter: basis.rates.quarter, reportingCurrency: basis.rates.reporting, policy },
      probabilities: [...basis.probabilities],
      rates: ratesOf(deals, basis),
      missing: missingRates(deals, basis),
      commit: inCommit && sumOf(inCommit),
      cells: inCommit ? cellsOf(inCommit, basis.fiscalYear) : [],
      context: context && sumOf(context),
      ...{ leftOut, inspection, week: { monday: mondayOf(today), takenOn } },
      ...{ total: asked.length, sum: counted && sumOf(counted) },
      rows: await inspectRows(db, today, asked.slice(offset, offset + limit), basis),
      may: {
        setProbabilities: maySay(maySetProbabilities, actor, undefined),
        take: maySay(mayTakeForecast, actor, undefined),
      },
    };
  },
});

/** Null where one of them has no rate: half a sum is none. */
const weighed = (deals: readonly ForecastDeal[], basis: Weighing) =>
  missingRates(deals, basis).length > 0 ? null : deals.map((deal) => weigh(deal, basis));

/** The first expected first; without a day last. */
function byClose(one: ForecastDeal, other: ForecastDeal): number {
  const [a, b] = [one, other].map(({ expectedCloseOn, id }) => `${expectedCloseOn ?? "9999-99-99"} ${id}`);
  return a! < b! ? -1 : 1;
}

function ratesOf(deals: readonly ForecastDeal[], { rates, ratedIn }: Awaited<ReturnType<typeof readBasis>>) {
  const used = new Set(deals.map(({ currency }) => currency));
  return Object.entries(rates.perUnit)
    .filter(([currency]) => used.has(currency) && currency !== rates.reporting)
    .map(([currency, rate]) => ({ currency, rate, quarter: ratedIn[currency]! }));
}

async function readLeftOut(db: Db) {
  const rows = await db.execute<{ deals: number; amount: string; currency: string }>(sql`
    select count(*)::int as deals, sum(amount)::text as amount, currency from judged_deals
    where state = 'open' and outcome = any(${sql.param(LEFT_OUT)}::outcome[]) group by currency order by currency`);
  return {
    deals: [...rows].reduce((sum, { deals }) => sum + deals, 0),
    amounts: [...rows].map(({ amount, currency }) => ({ amount: Number(amount), currency })),
  };
}

const LEFT_OUT = OUTCOMES.filter((outcome) => isInfluencedFamily(outcome) && outcome !== "co_sell");

async function readTakenOn(db: Db, monday: string): Promise<string | null> {
  const [taken] = await db.execute<{ on: string }>(
    sql`select taken_on::text as on from forecast_snapshots where week = ${monday}::date`,
  );
  return taken?.on ?? null;
}
