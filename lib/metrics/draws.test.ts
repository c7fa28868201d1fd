import { describe, expect, it } from "vitest";
import { binomial, hypergeometric, type Random, uniform } from "./draws";
import { Shuffled, shuffledDifference } from "./shuffled";
import { medianOf } from "./statistics";

const DRAWN = 40_000;

function choose(n: number, k: number): number {
  let product = 1;
  for (let factor = 1; factor <= k; factor++) product = (product * (n - k + factor)) / factor;
  return product;
}

/** Pearson's statistic of drawn values against their chances, and the values it is held to. */
function pearson(law: (random: Random) => number, chances: Map<number, number>): number {
  const random = uniform(7);
  const seen = new Map<number, number>();
  for (let draw = 0; draw < DRAWN; draw++) {
    const value = law(random);
    seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  for (const value of seen.keys()) expect(chances.has(value), `drew ${value}`).toBe(true);
  return [...chances]
    .filter(([, chance]) => chance * DRAWN >= 5)
    .reduce(
      (sum, [value, chance]) => sum + ((seen.get(value) ?? 0) - chance * DRAWN) ** 2 / (chance * DRAWN),
      0,
    );
}

const range = (low: number, high: number) => Array.from({ length: high - low + 1 }, (_, at) => low + at);

describe("draws follow their laws", () => {
  // Pearson's statistic stays below 60 for so few values at any likely draw (p < 1e-6).
  it.each([
    [1, 0.3],
    [9, 0.5],
    [30, 0.08],
    [30, 0.97],
  ])("binomial of %i at %d", (n, chance) => {
    const chances = range(0, n).map(
      (k) => [k, choose(n, k) * chance ** k * (1 - chance) ** (n - k)] as const,
    );
    expect(pearson(binomial(n, chance), new Map(chances))).toBeLessThan(60);
  });

  it.each([
    [10, 4, 5],
    [40, 39, 3],
    [60, 20, 31],
  ])("hypergeometric of %i, %i marked, %i drawn", (all, marked, drawn) => {
    const chances = range(Math.max(0, drawn + marked - all), Math.min(drawn, marked)).map(
      (k) => [k, (choose(marked, k) * choose(all - marked, drawn - k)) / choose(all, drawn)] as const,
    );
    expect(pearson(hypergeometric(all, marked, drawn), new Map(chances))).toBeLessThan(60);
  });

  it("draws the sure thing", () => {
    expect([
      binomial(5, 0)(uniform(1)),
      binomial(5, 1)(uniform(1)),
      hypergeometric(5, 5, 2)(uniform(1)),
    ]).toEqual([0, 5, 2]);
  });

  it("has the mean and width of a million", () => {
    const random = uniform(3);
    const [n, chance] = [1_000_000, 0.4];
    const draws = range(1, 2000).map(() => binomial(n, chance)(random));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const width = Math.sqrt(draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length);
    expect(Math.abs(mean - n * chance)).toBeLessThan(50);
    expect(width / Math.sqrt(n * chance * (1 - chance))).toBeCloseTo(1, 1);
  });
});

describe("a shuffle that settles only what is asked", () => {
  const VALUES = [1, 2, 4, 8, 16, 32, 64];
  const halving = (first: number) => (random: Random) => {
    const shuffle = new Shuffled(VALUES, first, random);
    return medianOf(shuffle.side("first")) - medianOf(shuffle.side("second"));
  };
  const oneByOne = (first: number) => (random: Random) =>
    shuffledDifference(Float64Array.from(VALUES), first, random);

  it.each([1, 2, 3, 4, 6])("deals %i to a side as dealing all would", (first) => {
    // Every way of choosing that many positions is equally likely: the law, by counting them all.
    const ways = range(0, 2 ** VALUES.length - 1).filter(
      (set) => VALUES.filter((_, at) => set & (1 << at)).length === first,
    );
    const chances = new Map<number, number>();
    for (const set of ways) {
      const own = VALUES.filter((_, at) => set & (1 << at));
      const other = VALUES.filter((_, at) => !(set & (1 << at)));
      const value = medianOf(own) - medianOf(other);
      chances.set(value, (chances.get(value) ?? 0) + 1 / ways.length);
    }
    expect(pearson(halving(first), chances)).toBeLessThan(90);
    expect(pearson(oneByOne(first), chances)).toBeLessThan(90);
  });

  it("of many values comes to what it comes to of few, by halving", () => {
    const many = Float64Array.from({ length: 4001 }, (_, at) => at);
    const random = uniform(11);
    const draws = range(1, 400).map(() => shuffledDifference(many, 2000, random));
    // Half of all by chance has a median that deviates by 4001 ÷ √8000 ÷ √2 = 32; the other half mirrors it.
    const width = Math.sqrt(draws.reduce((sum, draw) => sum + draw ** 2, 0) / draws.length);
    expect(width).toBeGreaterThan(55);
    expect(width).toBeLessThan(71);
  });

  it("deals every value to one side", () => {
    const shuffle = new Shuffled(VALUES, 3, uniform(5));
    const dealt = (["first", "second"] as const).flatMap((which) => {
      const side = shuffle.side(which);
      return range(0, side.length - 1).map((rank) => side.at(rank) as number);
    });
    expect(dealt.sort((one, other) => one - other)).toEqual(VALUES);
  });
});
