import { binomial, hypergeometric, SEED, uniform } from "./draws";
import { shuffledDifference } from "./shuffled";
import { DRAWS, MedianBootstrap, medianOf, percentiles } from "./statistics";
import { isDefined, type UndefinedReason, type Value } from "./value";

/** A pair of things: of the deals with a partner, and of those without. */
export interface Sides<T> {
  with: T;
  without: T;
}

/** How many deals a side has in the matched cells, and what its value is. */
export interface ComparedSide {
  deals: number;
  value: Value;
}

/**
 * Two sides compared cell by cell (§7 lift): the difference is with minus without, in the measure's unit; `low` and
 * `high` are its 95 % interval, `placebo` the share of shuffles at least as far from zero; null where undefined.
 */
export interface Compared extends Sides<ComparedSide> {
  difference: Value;
  low: number | null;
  high: number | null;
  placebo: number | null;
}

/** A cell with deals on both sides, as a comparison needs it. */
export interface MatchedCell {
  deals: Sides<number>;
  values: Sides<number>;
  /** DRAWS differences of resamples of the deals within their side. */
  resampled(bootstrap: Bootstrap): Float64Array;
  /** SHUFFLES differences of the same deals dealt to the sides by chance. */
  shuffled(bootstrap: Bootstrap): Float64Array;
}

/** How often the sides are shuffled for a placebo. */
export const SHUFFLES = 1000;

/** Where a comparison's draws come from: each cell and side has its own stream of the seed. */
export class Bootstrap {
  readonly medians = new MedianBootstrap();
  // Far from the streams of the medians, which count up from the seed themselves.
  private streams = SEED << 4;

  stream() {
    return uniform(this.streams++);
  }
}

/** Deals and how many of them were won. */
export interface Rate {
  deals: number;
  won: number;
}

/** A cell whose value is the share won. */
export function rateCell(sides: Sides<Rate>): MatchedCell {
  const { with: own, without: other } = sides;
  const [all, won] = [own.deals + other.deals, own.won + other.won];
  return {
    deals: { with: own.deals, without: other.deals },
    values: { with: own.won / own.deals, without: other.won / other.deals },
    resampled(bootstrap) {
      const draw = ({ deals, won: successes }: Rate) => {
        const [random, law] = [bootstrap.stream(), binomial(deals, successes / deals)];
        return Float64Array.from({ length: DRAWS }, () => law(random) / deals);
      };
      return difference(draw(own), draw(other));
    },
    shuffled(bootstrap) {
      const [random, law] = [bootstrap.stream(), hypergeometric(all, won, own.deals)];
      return Float64Array.from({ length: SHUFFLES }, () => {
        const dealt = law(random);
        return dealt / own.deals - (won - dealt) / other.deals;
      });
    },
  };
}

/** A cell whose value is a median. */
export function medianCell(sides: Sides<Float64Array>): MatchedCell {
  const { with: own, without: other } = sides;
  return {
    deals: { with: own.length, without: other.length },
    values: { with: medianOf(own), without: medianOf(other) },
    resampled({ medians }) {
      return difference(medians.draw(own), medians.draw(other));
    },
    shuffled(bootstrap) {
      const random = bootstrap.stream();
      const values = Float64Array.from([...own, ...other]).sort();
      return Float64Array.from({ length: SHUFFLES }, () => shuffledDifference(values, own.length, random));
    },
  };
}

const difference = (own: Float64Array, other: Float64Array) =>
  own.map((value, at) => value - (other[at] as number));

/**
 * The weighted comparison over cells in a fixed order: each counts by its deals with a partner. Undefined for
 * `reason` when there is no cell.
 */
export function compared(cells: readonly MatchedCell[], reason: UndefinedReason): Compared {
  const weight = cells.reduce((sum, { deals }) => sum + deals.with, 0);
  const total = (side: keyof Sides<unknown>) => cells.reduce((sum, { deals }) => sum + deals[side], 0);
  const mean = (of: (cell: MatchedCell) => number): Value =>
    weight === 0
      ? { undefined: reason }
      : cells.reduce((sum, cell) => sum + of(cell) * cell.deals.with, 0) / weight;
  const found = mean(({ values }) => values.with - values.without);
  const bootstrap = new Bootstrap();
  const interval = percentiles(weighted(cells, weight, DRAWS, (cell) => cell.resampled(bootstrap)));
  const shuffles = weighted(cells, weight, SHUFFLES, (cell) => cell.shuffled(bootstrap));
  return {
    with: { deals: total("with"), value: mean(({ values }) => values.with) },
    without: { deals: total("without"), value: mean(({ values }) => values.without) },
    difference: found,
    low: isDefined(found) && interval ? interval.low : null,
    high: isDefined(found) && interval ? interval.high : null,
    placebo: isDefined(found) ? asFar(shuffles, found) : null,
  };
}

function weighted(
  cells: readonly MatchedCell[],
  weight: number,
  length: number,
  of: (cell: MatchedCell) => Float64Array,
): Float64Array {
  const sums = new Float64Array(length);
  for (const cell of cells) {
    const share = cell.deals.with / weight;
    of(cell).forEach((value, at) => {
      sums[at] = (sums[at] as number) + share * value;
    });
  }
  return sums;
}

/** Sums of the same differences in another order may differ in their last digits: those are as far, too. */
function asFar(shuffles: Float64Array, found: number): number {
  const least = Math.abs(found) * (1 - 1e-9) - 1e-12;
  return shuffles.filter((value) => Math.abs(value) >= least).length / shuffles.length;
}
