/** Chance with a seed: the same seed tells the same story on every machine. */
export interface Random {
  /** 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  /** True in `share` of the cases. */
  chance(share: number): boolean;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[];
}

/** A generator for one part of the story, so that a change in one part leaves the others as they are. */
export function randomOf(seed: number, part: string): Random {
  let state = seed >>> 0;
  for (let at = 0; at < part.length; at++) state = Math.imul(state ^ part.charCodeAt(at), 0x01000193) >>> 0;
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  next();
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    pick: (from) => from[whole(0, from.length - 1)] as (typeof from)[number],
    chance: (share) => next() < share,
    shuffle(list) {
      const copy = [...list];
      for (let at = copy.length - 1; at > 0; at--) {
        const other = whole(0, at);
        [copy[at], copy[other]] = [copy[other] as (typeof copy)[number], copy[at] as (typeof copy)[number]];
      }
      return copy;
    },
  };
}

/**
 * `count` numbers between 0 and 1, spread evenly and in random order: a small group then has the shape
 * of its distribution, not that of its luck.
 */
export function spread(count: number, random: Random): number[] {
  return random.shuffle(Array.from({ length: count }, (_, at) => (at + 0.15 + 0.7 * random.next()) / count));
}

/** The log-normal value at a quantile (0 to 1, both excluded), by the logistic curve's likeness to the bell. */
export function logNormal(median: number, sigma: number, quantile: number): number {
  return median * Math.exp((sigma * Math.log(quantile / (1 - quantile))) / 1.702);
}
