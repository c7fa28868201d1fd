import type { Day } from "../attribution/facts";
import { isInfluencedFamily } from "../attribution/models";
import type { DealOutcome, Outcome } from "../attribution/vocabulary";
import { type FiscalYear, quarterOf } from "../calendar";
import { type QuarterRates, shareOf, sumMinor, toReporting } from "../money";

/**
 * The forecast (domain.md §7): sourced open pipeline in commit, each deal at the probability that the company gives its
 * stage; co-sell as context on direct deals; the rest of the influenced family left out of it.
 */
export const TREATMENTS = ["commit", "context", "left_out", "direct", "closed"] as const;
export type Treatment = (typeof TREATMENTS)[number];

/** What the forecast does with a deal, by how it stands and what its partners earned. */
export function treatmentOf(state: DealOutcome, outcome: Outcome): Treatment {
  if (state !== "open") return "closed";
  if (outcome === "sourced") return "commit";
  if (outcome === "co_sell") return "context";
  return isInfluencedFamily(outcome) ? "left_out" : "direct";
}

/** Those that the forecast looks at deal by deal. */
export const FORECAST_TREATMENTS = ["commit", "context"] as const satisfies readonly Treatment[];

/** Whole percent of each stage, 0 to 6. */
export type StageProbabilities = readonly number[];

/** An open deal as a forecast reads it. */
export interface ForecastDeal {
  id: string;
  account: string | null;
  owner: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  stage: number;
  /** Null where nobody said when it closes. */
  expectedCloseOn: Day | null;
  treatment: (typeof FORECAST_TREATMENTS)[number];
}

/** What it comes to, in the reporting currency's minor units. */
export interface WeighedDeal extends ForecastDeal {
  converted: number;
  /** Percent of its stage. */
  probability: number;
  /** `converted` at its probability, rounded once, half up: the rows of a sum add up to it. */
  weighted: number;
}

export interface Weighing {
  probabilities: StageProbabilities;
  rates: QuarterRates;
}

/** Refuses a currency without a rate, by name. */
export function weigh(deal: ForecastDeal, { probabilities, rates }: Weighing): WeighedDeal {
  const converted = toReporting(deal.amount, deal.currency, rates);
  const probability = probabilities[deal.stage]!;
  return { ...deal, converted, probability, weighted: shareOf(converted, probability, 100) };
}

/** Where a deal without an expected close day stands: in no quarter's commit. */
export const UNDATED = "undated";

/** The quarter that a deal is expected to close in, by its label, or `UNDATED`. */
export const closeOf = ({ expectedCloseOn }: Pick<ForecastDeal, "expectedCloseOn">, year: FiscalYear) =>
  expectedCloseOn === null ? UNDATED : quarterOf(expectedCloseOn, year).label;

/** A sum with the deals it is made of. */
export interface ForecastSum {
  deals: number;
  amount: number;
  weighted: number;
}

export function sumOf(deals: readonly WeighedDeal[]): ForecastSum {
  return {
    deals: deals.length,
    amount: sumMinor(deals.map(({ converted }) => converted)),
    weighted: sumMinor(deals.map(({ weighted }) => weighted)),
  };
}

export interface ForecastCell extends ForecastSum {
  stage: number;
  close: string;
}

/** The deals by stage and expected close quarter; only cells that hold a deal, in order. */
export function cellsOf(deals: readonly WeighedDeal[], year: FiscalYear): ForecastCell[] {
  const cells = new Map<string, WeighedDeal[]>();
  for (const deal of deals) {
    const key = `${deal.stage} ${closeOf(deal, year)}`;
    const held = cells.get(key);
    if (held) held.push(deal);
    else cells.set(key, [deal]);
  }
  return [...cells]
    .map(([key, held]) => ({ stage: Number(key[0]), close: key.slice(2), ...sumOf(held) }))
    .sort((one, other) => one.stage - other.stage || (one.close < other.close ? -1 : 1));
}
