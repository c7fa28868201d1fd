import { isCredited } from "../attribution/models";
import type { Stage } from "../attribution/vocabulary";
import type { Refusal } from "../errors";
import type { JudgedDeal } from "./judged-deal";
import { daysFrom, daysInStages, landmarkOf, type Sighting } from "./landmark";
import { type Compared, compared, type MatchedCell, medianCell, rateCell, type Sides } from "./matched";
import { addTo, cellOf, expand } from "./tally";
import type { UndefinedReason } from "./value";

/** What is compared: won ÷ (won + lost), median days, median amount won. */
export const LIFT_MEASURES = ["winRate", "cycleDays", "dealSize"] as const;
export type LiftMeasure = (typeof LIFT_MEASURES)[number];

/** The two ways of telling the sides apart: by outcome, afterwards, and by what was written at the landmark. */
export const COMPARISONS = ["plain", "landmark"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Rates as shares, days, and amounts in minor units of the reporting currency. */
export type Lift = { stage: Stage } & Record<LiftMeasure, Record<Comparison, Compared>>;

/** What a comparison needs of a deal. */
export interface LiftDeal
  extends Pick<
    JudgedDeal,
    "type" | "amount" | "currency" | "closedOn" | "outcome" | "attribution" | "confirmedBeforeClose"
  > {
  /** From created to closed; null where it has no cycle. */
  cycleDays: number | null;
  sighting: Sighting;
}

/** In which cell and on which side of a comparison a closed deal stands, with its days; null where it is not compared. */
export function standIn(
  comparison: Comparison,
  deal: LiftDeal,
  { stage, matched }: { stage: Stage; matched: boolean },
): { cell: string; partner: boolean; days: number | null } | null {
  const cell = cellOf(deal);
  if (comparison === "plain")
    return { cell: matched ? cell : "", partner: isCredited(deal.attribution), days: deal.cycleDays };
  const landmark = landmarkOf(deal.sighting, stage);
  return landmark && { cell, partner: landmark.partner, days: daysFrom(landmark, deal.closedOn) };
}

/** One side of a cell: deals by how they ended, days by how often, and the amounts won. */
interface Counted {
  deals: number;
  won: number;
  days: Map<number, number>;
  sizes: number[];
  inStages: Map<Stage, Map<number, number>>;
}

/** Of the deals that ended so, those whose attribution was confirmed before they closed (§8.7). */
export type Confirmed = Record<"won" | "lost", { deals: number; confirmed: number }>;

const SIDES = ["with", "without"] as const;
const nothing = (): Counted => ({ deals: 0, won: 0, days: new Map(), sizes: [], inStages: new Map() });

/**
 * Counts closed deals for both comparisons, one at a time; of a deal only the amount it was won at stays.
 * Source: domain.md §7, "Lift without the halo".
 */
export class LiftTally {
  private readonly cells: Record<Comparison, Map<string, Sides<Counted>>> = {
    plain: new Map(),
    landmark: new Map(),
  };
  private missing: Refusal | null = null;
  readonly confirmed: Confirmed = { won: { deals: 0, confirmed: 0 }, lost: { deals: 0, confirmed: 0 } };

  /** @param matched false compares the plain sides as they are, all deals of one in a single cell */
  constructor(
    private readonly stage: Stage,
    private readonly matched = true,
  ) {}

  /**
   * Counts a deal; an open one is not compared.
   *
   * @param size its amount in the reporting currency, or the refusal that names the missing rate
   */
  add(deal: LiftDeal, size: number | Refusal): void {
    if (deal.outcome === "open") return;
    const ended = this.confirmed[deal.outcome];
    ended.deals++;
    if (deal.confirmedBeforeClose) ended.confirmed++;
    for (const comparison of COMPARISONS) {
      const stands = standIn(comparison, deal, { stage: this.stage, matched: this.matched });
      if (stands) this.count(comparison, stands.cell, stands.partner, stands.days, deal, size);
    }
  }

  private count(
    comparison: Comparison,
    cell: string,
    partner: boolean,
    days: number | null,
    { outcome, closedOn, sighting }: LiftDeal,
    size: number | Refusal,
  ): void {
    const cells = this.cells[comparison];
    const sides = cells.get(cell) ?? { with: nothing(), without: nothing() };
    cells.set(cell, sides);
    const side = sides[partner ? "with" : "without"];
    side.deals++;
    if (outcome !== "won") return;
    side.won++;
    if (days !== null) addTo(side.days, days, 1);
    for (const [stage, length] of daysInStages(sighting.stages, closedOn)) {
      const lengths = side.inStages.get(stage) ?? new Map<number, number>();
      side.inStages.set(stage, lengths);
      addTo(lengths, length, 1);
    }
    if (typeof size === "number") side.sizes.push(size);
    else this.missing ??= size;
  }

  result(): Lift {
    const both = (measure: LiftMeasure) => ({
      plain: this.compare("plain", measure),
      landmark: this.compare("landmark", measure),
    });
    return {
      stage: this.stage,
      winRate: both("winRate"),
      cycleDays: both("cycleDays"),
      dealSize: both("dealSize"),
    };
  }

  /** One measure of one comparison. */
  compare(comparison: Comparison, measure: LiftMeasure): Compared {
    if (measure === "dealSize" && this.missing) return withoutRate(this.missing);
    return this.over(comparison, ...MEASURED[measure]);
  }

  /** Median days that won deals spent in a stage; from the landmark nothing is said of stages before it. */
  compareStage(comparison: Comparison, stage: Stage): Compared {
    const daysIn = ({ inStages }: Counted) => expand([inStages.get(stage) ?? new Map()]);
    return this.over(comparison, medians(daysIn), "no_matched_days");
  }

  private over(
    comparison: Comparison,
    cellBy: (sides: Sides<Counted>) => MatchedCell,
    reason: UndefinedReason,
  ): Compared {
    const cells = [...this.cells[comparison]]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, sides]) => cellBy(sides))
      .filter(({ deals }) => SIDES.every((side) => deals[side] > 0));
    return compared(cells, reason);
  }
}

const medians = (valuesOf: (side: Counted) => Float64Array) => (sides: Sides<Counted>) =>
  medianCell({ with: valuesOf(sides.with), without: valuesOf(sides.without) });

const MEASURED: Record<LiftMeasure, [cell: (sides: Sides<Counted>) => MatchedCell, reason: UndefinedReason]> =
  {
    winRate: [rateCell, "no_matched_deals"],
    cycleDays: [medians(({ days }) => expand([days])), "no_matched_days"],
    dealSize: [medians(({ sizes }) => Float64Array.from(sizes).sort()), "no_matched_wins"],
  };

/** Amounts that cannot be converted leave the comparison of amounts undefined, by the name of the rate (§7). */
function withoutRate({ field }: Refusal): Compared {
  const value = { undefined: "missing_rate", detail: field.slice("rates.".length) } as const;
  const side = { deals: 0, value };
  return { with: side, without: side, difference: value, low: null, high: null, placebo: null };
}
