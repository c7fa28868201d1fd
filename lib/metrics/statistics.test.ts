import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  ascending,
  costPerSum,
  MedianBootstrap,
  medianInterval,
  medianOf,
  percentiles,
  ranksOfMedian,
  ratioOfRates,
  shareOfSums,
  wilson,
} from "./statistics";

const counts = fc
  .integer({ min: 1, max: 100_000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
const amounts = fc.array(fc.integer({ min: 0, max: 10 ** 9 }), { maxLength: 40 });
const sums = (values: readonly number[]) => ({
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
});

test.each([
  [[3], 3],
  [[1, 2], 1.5],
  [[10, 9, 100], 10],
  [[4, 1, 3, 2], 2.5],
])("medianOf(%j) is %d", (values, median) => {
  expect(medianOf(ascending(values))).toBe(median);
});

describe("Wilson's interval", () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i", (successes, n, low, high) => {
    const interval = wilson(successes, n);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it("holds the rate and lies in [0, 1]", () => {
    fc.assert(
      fc.property(counts, ([successes, n]) => {
        const { low, high } = wilson(successes, n) ?? { low: Number.NaN, high: Number.NaN };
        const rate = successes / n;
        expect(0 <= low && low <= rate && rate <= high && high <= 1 && low < high).toBe(true);
      }),
    );
  });

  it("is none for no deals", () => expect(wilson(0, 0)).toBeNull());
});

describe("intervals of ratios", () => {
  it("hold the ratio they are about", () => {
    fc.assert(
      fc.property(counts, counts, amounts, amounts, ([won, n], [otherWon, otherN], part, rest) => {
        const rates = ratioOfRates({ won, n }, { won: otherWon, n: otherN });
        if (rates) {
          const ratio = won / n / (otherWon / otherN);
          expect(rates.low).toBeLessThanOrEqual(ratio * (1 + 1e-12));
          expect(rates.high).toBeGreaterThanOrEqual(ratio * (1 - 1e-12));
        } else expect(won * otherWon).toBe(0);

        const total = [...part, ...rest].reduce((sum, amount) => sum + amount, 0);
        const share = shareOfSums(sums(part), sums(rest));
        if (share) {
          const value = part.reduce((sum, amount) => sum + amount, 0) / total;
          expect(0 <= share.low && share.low <= value && value <= share.high && share.high <= 1).toBe(true);
        } else expect(total).toBe(0);
      }),
    );
  });

  it("narrow as deals are added", () => {
    const width = (n: number) => {
      const interval = costPerSum(1000 * n, sums(Array<number>(n).fill(2000)));
      return interval && interval.high - interval.low;
    };
    expect(width(3)).toBeNull(); // the sum could be 0
    expect(width(100) as number).toBeGreaterThan(width(400) as number);
  });
});

describe("the bootstrap of a median", () => {
  const days = ascending([3, 8, 8, 9, 14, 20, 21, 35, 36, 50, 71, 90, 90, 120]);

  it("is deterministic, whatever order the values came in", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 60 }), (values) => {
        const turned = [...values].reverse();
        const interval = medianInterval(ascending(values));
        expect(medianInterval(ascending(turned))).toEqual(interval);
        const [least = 0, most = 0] = [Math.min(...values), Math.max(...values)];
        expect(
          interval && least <= interval.low && interval.low <= interval.high && interval.high <= most,
        ).toBe(true);
      }),
    );
  });

  it("looks at no rank that was not foretold, and at the outermost two", () => {
    for (const length of [1, 2, 3, 10, 57, 1000]) {
      for (const interval of [false, true]) {
        const [lowest, highest] = ranksOfMedian(length, interval);
        const seen = new Set<number>();
        const watched = { length, at: (rank: number) => [rank, seen.add(rank)][0] as number };
        medianOf(watched);
        if (interval) medianInterval(watched);
        expect([Math.min(...seen), Math.max(...seen)]).toEqual([lowest, highest]);
      }
    }
  });

  it("draws each sample from its own stream", () => {
    const bootstrap = new MedianBootstrap();
    expect(bootstrap.draw(days)).not.toEqual(bootstrap.draw(days));
    expect(new MedianBootstrap().draw(days)).toEqual(new MedianBootstrap().draw(days));
  });

  // The exact law: the k-th smallest of n resampled values is at or below a value with F of the sample at or
  // below it with the probability that a Binomial(n, F) is at least k.
  test.each([13, 5])("has the law of resampling, odd size: %i values", (n) => {
    const sorted = days.slice(0, n);
    const draws = new MedianBootstrap().draw(sorted);
    for (const value of new Set(sorted)) {
      const below = sorted.filter((other) => other <= value).length / n;
      let atLeast = 0;
      for (let k = (n + 1) / 2; k <= n; k++) atLeast += binomial(n, k) * below ** k * (1 - below) ** (n - k);
      const seen = draws.filter((draw) => draw <= value).length / draws.length;
      expect(Math.abs(seen - atLeast)).toBeLessThan(0.04); // 3.6 standard errors of 2000 draws
    }
  });

  it("has the law of resampling, even size: every pair of two values", () => {
    // Resamples of {0, 10}: 00, 0 10, 10 0, 10 10; medians 0, 5, 5, 10.
    const draws = new MedianBootstrap().draw(ascending([0, 10]));
    const share = (value: number) => draws.filter((draw) => draw === value).length / draws.length;
    expect(Math.abs(share(0) - 0.25)).toBeLessThan(0.04);
    expect(Math.abs(share(5) - 0.5)).toBeLessThan(0.04);
    expect(share(0) + share(5) + share(10)).toBe(1);
  });

  it("has the published standard error of a median", () => {
    // Efron and Tibshirani, An Introduction to the Bootstrap (1993), table 2.2: the treated mice, ideal bootstrap.
    const drawn = new MedianBootstrap().draw(ascending([94, 197, 16, 38, 99, 141, 23]));
    const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
    const variance = drawn.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (drawn.length - 1);
    expect(Math.abs(Math.sqrt(variance) / 37.83 - 1)).toBeLessThan(0.03);
  });

  it("is none below two values, and for draws that are no numbers", () => {
    expect(medianInterval(ascending([5]))).toBeNull();
    expect(percentiles(Float64Array.from([1, Number.NaN]))).toBeNull();
    expect(percentiles(Float64Array.from([1, Number.NEGATIVE_INFINITY]))).toBeNull();
  });
});

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
