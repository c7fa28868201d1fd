/**
 * Draws by chance, reproducibly: a generator with a fixed seed, and whole numbers of two laws drawn without going
 * through what is counted, so that a draw costs the same for a hundred deals as for a million.
 */

/** Where every stream of a number's draws begins; the streams count up from it. */
export const SEED = 20170101;

/** Uniform on [0, 1). */
export type Random = () => number;

/** Mulberry32, 32 bits of state. */
export function uniform(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many of `n` succeed, each with the same chance: what a resample of `n` deals holds of won ones. */
export function binomial(n: number, chance: number): (random: Random) => number {
  if (chance <= 0) return () => 0;
  if (chance >= 1) return () => n;
  const mode = Math.min(n, Math.floor((n + 1) * chance));
  const odds = chance / (1 - chance);
  const atMode = Math.exp(lnChoose(n, mode) + mode * Math.log(chance) + (n - mode) * Math.log1p(-chance));
  return (random) =>
    outwards(random, { low: 0, high: n, mode, atMode, up: (k) => ((n - k) / (k + 1)) * odds });
}

/** How many of `drawn` out of `all`, drawn without putting back, are of the `marked`: what a shuffle deals a side. */
export function hypergeometric(all: number, marked: number, drawn: number): (random: Random) => number {
  const low = Math.max(0, drawn + marked - all);
  const high = Math.min(drawn, marked);
  if (low === high) return () => low;
  const mode = Math.min(high, Math.floor(((drawn + 1) * (marked + 1)) / (all + 2)));
  const atMode = Math.exp(
    lnChoose(marked, mode) + lnChoose(all - marked, drawn - mode) - lnChoose(all, drawn),
  );
  const up = (k: number) => ((marked - k) * (drawn - k)) / ((k + 1) * (all - marked - drawn + k + 1));
  return (random) => outwards(random, { low, high, mode, atMode, up });
}

interface Law {
  low: number;
  high: number;
  /** The likeliest value, and how likely it is. */
  mode: number;
  atMode: number;
  /** How much likelier `k + 1` is than `k`. */
  up: (k: number) => number;
}

/** Inversion that looks at the likeliest values first: about as many steps as the law is wide. */
function outwards(random: Random, { low, high, mode, atMode, up }: Law): number {
  let left = random() - atMode;
  let [above, below] = [mode, mode];
  let [chanceAbove, chanceBelow] = [atMode, atMode];
  while (left >= 0 && (above < high || below > low)) {
    if (above < high) {
      chanceAbove *= up(above++);
      left -= chanceAbove;
      if (left < 0) return above;
    }
    if (below > low) {
      chanceBelow /= up(--below);
      left -= chanceBelow;
      if (left < 0) return below;
    }
  }
  return mode;
}

const EXACT = Array.from({ length: 32 }, (_, n) => {
  let product = 1;
  for (let factor = 2; factor <= n; factor++) product *= factor;
  return Math.log(product);
});

/** ln n!, by Stirling's series where a product would not do. */
function lnFactorial(n: number): number {
  const exact = EXACT[n];
  if (exact !== undefined) return exact;
  const inverse = 1 / n;
  return (
    (n + 0.5) * Math.log(n) -
    n +
    0.5 * Math.log(2 * Math.PI) +
    inverse / 12 -
    inverse ** 3 / 360 +
    inverse ** 5 / 1260
  );
}

const lnChoose = (n: number, k: number) => lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k);
