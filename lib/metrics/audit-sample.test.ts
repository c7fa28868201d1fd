import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawSample, type SampledFrom, sampleResult } from "./audit-sample";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const deals = fc.uniqueArray(
  fc.record({ id: fc.string({ minLength: 1 }), amount: fc.integer({ min: 0, max: 10 ** 12 }) }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 40 },
);
const draw = fc.record({
  seed: fc.string(),
  size: fc.integer({ min: 1, max: 30 }),
  method: fc.constantFrom("deals" as const, "amount" as const),
});
const hasAmount = (all: readonly SampledFrom[]) => all.some(({ amount }) => amount > 0);

describe("a seeded sample", () => {
  test("is the same for the same seed, in whatever order the deals come, and of them alone, each once", () => {
    fc.assert(
      fc.property(deals, draw, (all, how) => {
        fc.pre(how.method === "deals" || hasAmount(all));
        const drawn = drawSample(all, how, sha256);
        expect(drawSample(all.toReversed(), how, sha256)).toEqual(drawn);
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn.every((id) => all.some((deal) => deal.id === id))).toBe(true);
        expect(drawn.length).toBeLessThanOrEqual(how.size);
        if (how.method === "deals") expect(drawn).toHaveLength(Math.min(how.size, all.length));
      }),
    );
  });

  test("grows with its size without drawing others", () => {
    fc.assert(
      fc.property(deals, fc.string(), fc.nat(20), (all, seed, size) => {
        const of = (n: number) => drawSample(all, { seed, size: n, method: "deals" }, sha256);
        expect(of(size + 5).slice(0, size)).toEqual(of(size));
      }),
    );
  });

  test("by amount draws for certain what is as large as the distance between two points", () => {
    fc.assert(
      fc.property(deals, fc.string(), fc.integer({ min: 1, max: 30 }), (all, seed, size) => {
        fc.pre(hasAmount(all));
        const drawn = drawSample(all, { seed, size, method: "amount" }, sha256);
        const whole = all.reduce((sum, { amount }) => sum + amount, 0);
        for (const { id, amount } of all) {
          if (amount * size >= whole) expect(drawn).toContain(id);
          if (amount === 0) expect(drawn).not.toContain(id);
        }
        expect(drawn.length).toBeGreaterThan(0);
      }),
    );
  });

  test("draws each deal about as often as any other over many seeds", () => {
    const all = Array.from({ length: 10 }, (_, at) => ({ id: `D-${at}`, amount: 1 }));
    const drawn = Array.from({ length: 2_000 }, (_, seed) =>
      drawSample(all, { seed: String(seed), size: 3, method: "deals" }, sha256),
    ).flat();
    // 600 each are expected; six standard deviations are about 120.
    for (const { id } of all)
      expect(Math.abs(drawn.filter((one) => one === id).length - 600)).toBeLessThan(120);
  });

  test("of nothing that has an amount is refused by amount", () => {
    expect(() =>
      drawSample([{ id: "D-1", amount: 0 }], { seed: "s", size: 1, method: "amount" }, sha256),
    ).toThrow(/have none/);
  });
});

test("the result tells its interval when every deal was looked at", () => {
  expect(sampleResult(["holds", null, "does_not_hold"])).toEqual({
    of: 3,
    looked: 2,
    hold: 1,
    interval: null,
  });
  // Wilson 1927 for 24 of 25, by hand: (0.96 + 3.8415/50 ± 1.96 √(0.0384/25 + 3.8415/2500)) ÷ (1 + 3.8415/25).
  const { interval } = sampleResult([...Array.from({ length: 24 }, () => "holds" as const), "does_not_hold"]);
  expect(interval!.low).toBeCloseTo(0.8046, 3);
  expect(interval!.high).toBeCloseTo(0.9929, 3);
});
