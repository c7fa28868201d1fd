import type { Unit } from "./definition";
import type { HEADLINE_METRICS, QuarterNumbers } from "./quarter-numbers";
import { isDefined, type Undefined, type Value } from "./value";

/** The one figure of each of the four numbers that stands for it (domain.md §7). */
export interface Headline {
  metric: (typeof HEADLINE_METRICS)[number];
  name: string;
  unit: Unit;
  /** Which way partners look better. */
  better: "more" | "less";
  of(numbers: QuarterNumbers): Value;
}

export const HEADLINES: readonly Headline[] = [
  {
    ...{ metric: "sourcedPipeline", name: "Sourced pipeline", unit: "money", better: "more" },
    of: ({ sourcedPipeline }) => sourcedPipeline.amount,
  },
  {
    ...{ metric: "influencedWinRate", name: "Influenced win rate", unit: "share", better: "more" },
    of: ({ influencedWinRate }) => influencedWinRate.rate,
  },
  {
    ...{ metric: "cycleReduction", name: "Cycle reduction", unit: "days", better: "more" },
    of: ({ cycleReduction }) => cycleReduction.days,
  },
  {
    ...{ metric: "costPerPartnerDollar", name: "Cost per partner dollar", unit: "perUnit", better: "less" },
    of: ({ costPerPartnerDollar: cost }) =>
      cost.headline === "sourced" ? cost.perSourced : cost.perAttributed,
  },
];

/** A number that looks better than it did. */
export interface Raised {
  metric: Headline["metric"];
  before: number;
  after: number;
}

/** Which of the four look better after than before; a number that does not exist on one side is not compared. */
export function raisedNumbers(
  before: QuarterNumbers | Undefined,
  after: QuarterNumbers | Undefined,
): Raised[] {
  if ("undefined" in before || "undefined" in after) return [];
  return HEADLINES.flatMap(({ metric, better, of }) => {
    const [was, is] = [of(before), of(after)];
    if (!isDefined(was) || !isDefined(is)) return [];
    return (better === "more" ? is > was : is < was) ? [{ metric, before: was, after: is }] : [];
  });
}
