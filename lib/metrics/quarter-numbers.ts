import type { Grade } from "../attribution/vocabulary";
import type { Quarter } from "../calendar";
import { isRefusal, refuse } from "../errors";
import { aeAdoption } from "./ae-adoption";
import { costPerPartnerDollar } from "./cost-per-partner-dollar";
import { creditedVersusDirect } from "./credited-versus-direct";
import { cycleReduction } from "./cycle-reduction";
import { classKey, classOf } from "./deal-class";
import type { Figure, Metric } from "./definition";
import { engagementFrequency } from "./engagement-frequency";
import { influencedWinRate } from "./influenced-win-rate";
import type { JudgedDeal, NumbersPolicy } from "./judged-deal";
import { newSourcedLeads } from "./new-sourced-leads";
import { pipelineByBucket } from "./pipeline-by-bucket";
import type { QuarterInput } from "./quarter-input";
import { revenueByBucket } from "./revenue-by-bucket";
import { classesOfPart, type Part, Sheet } from "./sheet";
import { sourcedPipeline } from "./sourced-pipeline";
import { cellOf, populationsOf, QuarterTally } from "./tally";
import { threeRoles } from "./three-roles";
import type { Undefined, Value } from "./value";

/** The four numbers of the dashboard, in its order (domain.md §7). */
export const HEADLINE_METRICS = [
  "sourcedPipeline",
  "influencedWinRate",
  "cycleReduction",
  "costPerPartnerDollar",
] as const;

/** Those that the quarterly review asks for besides, and the dashboard does not show (§8.7). */
export const REVIEW_METRICS = [
  "pipelineByBucket",
  "revenueByBucket",
  "newSourcedLeads",
  "engagementFrequency",
] as const;

/** Every metric, by key. */
export const METRICS = {
  sourcedPipeline,
  influencedWinRate,
  cycleReduction,
  costPerPartnerDollar,
  threeRoles,
  creditedVersusDirect,
  aeAdoption,
  pipelineByBucket,
  revenueByBucket,
  newSourcedLeads,
  engagementFrequency,
} as const;
export type MetricKey = keyof typeof METRICS;
type FigureKey<M extends MetricKey> = keyof (typeof METRICS)[M]["figures"];

/** A metric whose parts and figures are known by name only; every definition is one. */
export type AnyMetric = Metric<string, string>;

/** The definition of a metric for code that works on any of them. */
export function metricOf(key: MetricKey): AnyMetric {
  // Sheet is both read and given parts by name, so TypeScript cannot widen the names by itself.
  return METRICS[key] as unknown as AnyMetric;
}

/** The parts that a figure opens to, numerator first, under the policy the numbers are shown under. */
export function partsOf(figure: Figure<string>, policy: NumbersPolicy): readonly string[] {
  return typeof figure.opens === "function" ? figure.opens(policy) : figure.opens;
}

/**
 * The deals that a part of a metric is made of in the quarter, in the given order: what a number opens to.
 * Their amounts, their count or their days, as the figure's `adds` says, are what the number is made of.
 * Refuses a part that the metric does not have.
 *
 * @param evidence only the deals whose outcome has that evidence
 */
export function dealsOf<D extends JudgedDeal>(
  metric: MetricKey,
  part: string,
  deals: readonly D[],
  quarter: Quarter,
  evidence?: Grade,
): D[] {
  const { parts } = metricOf(metric);
  if (!Object.hasOwn(parts, part)) refuse("part", part, `${metric} has no such part`);
  const { matchedWith } = parts[part] as Part;
  const own = selected(deals, parts[part] as Part, quarter, evidence);
  if (matchedWith === undefined) return own;
  const cells = new Set(selected(deals, parts[matchedWith] as Part, quarter).map(cellOf));
  return own.filter((deal) => cells.has(cellOf(deal)));
}

function selected<D extends JudgedDeal>(
  deals: readonly D[],
  part: Part,
  quarter: Quarter,
  evidence?: Grade,
): D[] {
  const classes = new Set(classesOfPart(part, evidence));
  return deals.filter(
    (deal) => populationsOf(deal, quarter)[part.population] && classes.has(classKey(classOf(deal))),
  );
}

/** Gives each metric its sheet of one quarter. */
export type Sheets = (metric: MetricKey) => Sheet<string>;

/** Each metric's sheet of a quarter, all from one tally of its deals. */
export function sheetsOf(input: QuarterInput, quarter: Quarter): Sheets {
  const tally = input.tally ?? tallyOf(input.deals, quarter, input.rates);
  const sheets = new Map<MetricKey, Sheet<string>>();
  return (metric) => {
    const known = sheets.get(metric);
    if (known) return known;
    const sheet = new Sheet(metricOf(metric).parts, tally, input);
    sheets.set(metric, sheet);
    return sheet;
  };
}

function tallyOf(deals: readonly JudgedDeal[], quarter: Quarter, rates: QuarterInput["rates"]): QuarterTally {
  const tally = new QuarterTally(quarter, rates);
  for (const deal of deals) tally.add(deal);
  return tally;
}

/** The figures that `npm run numbers` prints, as data/crm/expected.json has them. */
export const PRINTED = {
  sourcedPipeline: ["amount", "deals", "share", "openAtEnd"],
  influencedWinRate: ["rate", "deals", "direct", "directDeals", "shareOfWonRevenue"],
  cycleReduction: [
    "days",
    "direct",
    "directDeals",
    "credited",
    "creditedDeals",
    "matchedDays",
    "matchedDeals",
  ],
  costPerPartnerDollar: [
    "programCost",
    "attributedWon",
    "sourcedWon",
    "directWon",
    "perAttributed",
    "perSourced",
    "direct",
  ],
} as const satisfies { [M in (typeof HEADLINE_METRICS)[number]]: readonly FigureKey<M>[] };

type Printed<M extends keyof typeof PRINTED> = Record<(typeof PRINTED)[M][number], Value>;

/**
 * The four numbers of one quarter: money in minor units of the reporting currency, days, shares and costs
 * per unit unrounded; a number that does not exist is `{ undefined: reason }`. Source: domain.md §7.
 */
export interface QuarterNumbers {
  sourcedPipeline: Printed<"sourcedPipeline">;
  influencedWinRate: Printed<"influencedWinRate">;
  cycleReduction: Printed<"cycleReduction">;
  costPerPartnerDollar: Printed<"costPerPartnerDollar"> & { headline: NumbersPolicy["costDenominator"] };
}

/**
 * The four numbers of `quarter`, counted from the deals as judged. Every amount in them is converted with
 * the asked quarter's own rates, costs and open pipeline included; a missing rate is refused by name.
 */
export function quarterNumbers(input: QuarterInput, quarter: Quarter): QuarterNumbers {
  const sheetOf = sheetsOf(input, quarter);
  const print = <M extends keyof typeof PRINTED>(metric: M): Printed<M> => {
    const { figures } = metricOf(metric);
    return Object.fromEntries(
      PRINTED[metric].map((key) => [key, (figures[key] as Figure<string>).value(sheetOf(metric))]),
    ) as Printed<M>;
  };
  return {
    sourcedPipeline: print("sourcedPipeline"),
    influencedWinRate: print("influencedWinRate"),
    cycleReduction: print("cycleReduction"),
    costPerPartnerDollar: { ...print("costPerPartnerDollar"), headline: input.policy.costDenominator },
  };
}

/** The numbers of a quarter, or the rate that is missing for them, which then leaves the quarter undefined. */
export function numbersOrReason(input: QuarterInput, quarter: Quarter): QuarterNumbers | Undefined {
  try {
    return quarterNumbers(input, quarter);
  } catch (error) {
    if (!isRefusal(error) || !error.field.startsWith("rates.")) throw error;
    return { undefined: "missing_rate", detail: error.field.slice("rates.".length) };
  }
}
