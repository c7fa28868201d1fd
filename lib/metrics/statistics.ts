/**
 * Medians and 95 % intervals. Deterministic: the bootstrap draws from a generator with a fixed seed, and
 * every sample is sorted first, so the order of deals cannot move an interval. Source: domain.md §7.
 */

import { type Random, SEED, uniform } from "./draws";

/** Both ends included, in the figure's unit. */
export interface Interval {
  low: number;
  high: number;
}

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;
/** Replicates of a bootstrap: enough that the ends of an interval move by less than the data's own grain. */
export const DRAWS = 2000;

/** Values in ascending order, asked by rank: all of them, or those of the ranks that a median looks at. */
export interface Ranked {
  readonly length: number;
  at(rank: number): number | undefined;
}

/** Ascending copy, numerically. */
export const ascending = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

/** Median of ascending values: the mean of the middle two when even. NaN for none. */
export function medianOf(sorted: Ranked): number {
  const { length } = sorted;
  if (length === 0) return Number.NaN;
  const upper = sorted.at(length >> 1) as number;
  return length % 2 === 1 ? upper : ((sorted.at((length >> 1) - 1) as number) + upper) / 2;
}

/** Wilson's score interval for a rate of `successes` in `n`; null for none. */
export function wilson(successes: number, n: number): Interval | null {
  if (n === 0) return null;
  const rate = successes / n;
  const spread = Z * Math.sqrt((rate * (1 - rate)) / n + (Z * Z) / (4 * n * n));
  const centre = rate + (Z * Z) / (2 * n);
  const scale = 1 + (Z * Z) / n;
  // At 0 of n and n of n the ends are 0 and 1 exactly; rounding must not put them beside it.
  return {
    low: Math.min(rate, Math.max(0, (centre - spread) / scale)),
    high: Math.max(rate, Math.min(1, (centre + spread) / scale)),
  };
}

/** Katz's log interval for the ratio of two rates; null when either has no success. */
export function ratioOfRates(a: { won: number; n: number }, b: { won: number; n: number }): Interval | null {
  if (a.won === 0 || b.won === 0) return null;
  const ratio = a.won / a.n / (b.won / b.n);
  const spread = Z * Math.sqrt(1 / a.won - 1 / a.n + 1 / b.won - 1 / b.n);
  return { low: ratio * Math.exp(-spread), high: ratio * Math.exp(spread) };
}

/** What is kept of amounts that were added up: their sum and the sum of their squares. */
export interface Sums {
  sum: number;
  squares: number;
}

/**
 * Interval for the part's share of part + rest, by amount. Deals are taken to arrive by chance, each with
 * its own amount; the variance of the ratio of the two sums is linearised (Taylor), as for survey ratios.
 */
export function shareOfSums(part: Sums, rest: Sums): Interval | null {
  const total = part.sum + rest.sum;
  if (total === 0) return null;
  const share = part.sum / total;
  const variance = (1 - share) ** 2 * part.squares + share ** 2 * rest.squares;
  const spread = (Z * Math.sqrt(variance)) / total;
  return { low: Math.max(0, share - spread), high: Math.min(1, share + spread) };
}

/** Interval for cost ÷ Σ amounts, the deals arriving by chance; null when the sum could be 0. */
export function costPerSum(cost: number, { sum, squares }: Sums): Interval | null {
  const spread = Z * Math.sqrt(squares);
  return sum - spread <= 0 ? null : { low: cost / (sum + spread), high: cost / (sum - spread) };
}

/** One Gamma(shape, 1) variate for a shape of at least 1: Marsaglia and Tsang, 2000. */
function gamma(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * normal * normal + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** Bootstrap samples whose medians are to be drawn, each drawn from its own stream of the seed. */
export class MedianBootstrap {
  private streams = 0;

  /**
   * DRAWS medians of resamples of the ascending values. The k-th smallest of n uniform draws has a
   * Beta(k, n + 1 − k) distribution, so the middle of a resample is drawn directly instead of sorting one:
   * the same law as resampling every deal, at a cost that does not grow with the deals.
   */
  draw(sorted: Ranked): Float64Array {
    const random = uniform(SEED + this.streams++);
    const n = sorted.length;
    const k = (n + 1) >> 1;
    const at = (u: number) => sorted.at(Math.min(n - 1, Math.floor(u * n))) as number;
    const draws = new Float64Array(DRAWS);
    for (let draw = 0; draw < DRAWS; draw++) {
      const below = gamma(k, random);
      const u = below / (below + gamma(n + 1 - k, random));
      // For an even n the next one up is the smallest of the n − k uniform draws left above u.
      draws[draw] = n % 2 === 1 ? at(u) : (at(u) + at(1 - (1 - u) * (1 - random()) ** (1 / (n - k)))) / 2;
    }
    return draws;
  }
}

/** The middle 95 % of bootstrap draws; null when a draw is not a finite number. */
export function percentiles(draws: Float64Array): Interval | null {
  if (!draws.every(Number.isFinite)) return null;
  const sorted = draws.slice().sort();
  const low = sorted[Math.floor(0.025 * (sorted.length - 1))];
  const high = sorted[Math.ceil(0.975 * (sorted.length - 1))];
  return low === undefined || high === undefined ? null : { low, high };
}

/** Bootstrap interval for a median; null below two values. */
export function medianInterval(sorted: Ranked): Interval | null {
  return sorted.length < 2 ? null : percentiles(new MedianBootstrap().draw(sorted));
}

/**
 * The ranks, lowest and highest, that the median of `length` values looks at, and with `interval` its
 * interval too: so that of many values only those need be read.
 */
export function ranksOfMedian(length: number, interval: boolean): [lowest: number, highest: number] {
  let [lowest, highest] = [length, 0];
  const watched: Ranked = {
    length,
    at(rank) {
      lowest = Math.min(lowest, rank);
      highest = Math.max(highest, rank);
      return rank;
    },
  };
  medianOf(watched);
  if (interval) medianInterval(watched);
  return [lowest, highest];
}
