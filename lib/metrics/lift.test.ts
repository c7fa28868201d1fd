import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../calendar";
import { isRefusal } from "../errors";
import { toReporting } from "../money";
import { COMPARISONS, LIFT_MEASURES, type LiftDeal, LiftTally } from "./lift";

const CLOSE = "2026-06-30";
const ENTERED = "2026-04-01";

/** A deal that entered stage 2 on 1 April; with a partner by then when `partner`. */
function deal(partner: boolean, overrides: Partial<LiftDeal> = {}): LiftDeal {
  return {
    ...{ type: "new", amount: 1_000_000, currency: "USD", closedOn: CLOSE, outcome: "lost" },
    ...{ attribution: partner ? "sourced" : "none", cycleDays: null, confirmedBeforeClose: partner },
    sighting: { stages: [{ stage: 2, enteredOn: ENTERED }], partnerRecordedOn: partner ? ENTERED : null },
    ...overrides,
  };
}
const won = (partner: boolean, days: number, overrides: Partial<LiftDeal> = {}) =>
  deal(partner, {
    ...{ outcome: "won", cycleDays: days + 10, closedOn: addDays(ENTERED, days) },
    ...overrides,
  });
function liftOf(deals: readonly LiftDeal[], matched = true) {
  const tally = new LiftTally(2, matched);
  for (const one of deals) tally.add(one, one.amount);
  return tally;
}
const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

describe("the matched comparison, by hand", () => {
  const large = { amount: 20_000_000 };
  const small = { amount: 900_000 };
  /**
   * Large: 4 with (3 won), 10 without (2 won). Small: 2 with (1 won), 4 without (1 won). Expansion: 5 with alone.
   * Rates: (4·(3/4 − 2/10) + 2·(1/2 − 1/4)) ÷ 6 = 0.45.
   */
  const DEALS = [
    ...[20, 30, 70].map((days) => won(true, days, { ...large, amount: large.amount + days })),
    deal(true, large),
    ...[40, 60].map((days) => won(false, days, { ...large, amount: large.amount + 4 * days })),
    ...times(8, () => deal(false, large)),
    won(true, 10, small),
    deal(true, small),
    won(false, 12, { amount: 500_000 }),
    ...times(3, () => deal(false, small)),
    ...times(5, () => won(true, 5, { type: "expansion" })),
    deal(false, { sighting: { stages: [{ stage: 1, enteredOn: ENTERED }], partnerRecordedOn: null } }),
    deal(false, { outcome: "open", closedOn: null }),
  ];
  const lift = liftOf(DEALS).result();

  it("weights each cell by its deals with a partner", () => {
    expect(lift.stage).toBe(2);
    expect(lift.winRate.landmark.with).toEqual({
      deals: 6,
      value: expect.closeTo((4 * 0.75 + 2 * 0.5) / 6, 12),
    });
    expect(lift.winRate.landmark.without).toEqual({
      deals: 14,
      value: expect.closeTo((4 * 0.2 + 2 * 0.25) / 6, 12),
    });
    expect(lift.winRate.landmark.difference).toBeCloseTo(0.45, 12);
  });

  it("weights days and amounts by its won deals with a partner", () => {
    // Large: 30 − 50 days by 3, small: 10 − 12 by 1. Amounts: 30 − 200 minor units by 3, 400,000 by 1.
    expect(lift.cycleDays.landmark).toMatchObject({
      with: { deals: 4, value: (3 * 30 + 10) / 4 },
      without: { deals: 3, value: (3 * 50 + 12) / 4 },
      difference: (3 * -20 - 2) / 4,
    });
    expect(lift.dealSize.landmark).toMatchObject({
      with: { deals: 4, value: (3 * 20_000_030 + 900_000) / 4 },
      difference: (3 * -170 + 400_000) / 4,
    });
  });

  it("measures the plain one from the creation, over all that closed", () => {
    expect(lift.cycleDays.plain.difference).toBe((3 * -20 - 2) / 4);
    expect(lift.cycleDays.plain.with.value).toBe((3 * 40 + 20) / 4);
    // The deal that never came to stage 2 is direct, of its own cell: new, 10,000.00.
    expect(lift.winRate.plain.without.deals).toBe(14);
  });

  it("compares the plain sides as they are where asked to", () => {
    const unmatched = liftOf(DEALS, false).result();
    expect(unmatched.winRate.plain).toMatchObject({
      with: { deals: 11, value: 9 / 11 },
      without: { deals: 15, value: 3 / 15 },
    });
    expect(unmatched.winRate.landmark).toEqual(lift.winRate.landmark);
  });

  it("tells the sides of the plain one by outcome, of the landmark by what was recorded", () => {
    const late = won(false, 20, { attribution: "sourced" });
    const early = deal(true, { attribution: "none" });
    const { winRate } = liftOf([late, early]).result();
    expect(winRate.plain).toMatchObject({ with: { value: 1 }, without: { value: 0 }, difference: 1 });
    expect(winRate.landmark).toMatchObject({ with: { value: 0 }, without: { value: 1 }, difference: -1 });
  });

  it("counts what was confirmed, won and lost apart", () => {
    expect(liftOf(DEALS).confirmed).toEqual({
      won: { deals: 12, confirmed: 9 },
      lost: { deals: 14, confirmed: 2 },
    });
  });

  it("compares days in a stage among won deals", () => {
    // Large: 30 against 50 by 3, small: 10 against 12 by 1: all of them were in stage 2 from the landmark on.
    expect(liftOf(DEALS).compareStage("landmark", 2)).toMatchObject({
      with: { deals: 4, value: 25 },
      difference: (3 * -20 - 2) / 4,
    });
    expect(liftOf(DEALS).compareStage("plain", 3).difference).toEqual({ undefined: "no_matched_days" });
  });

  it("has cells of type, currency and amount band", () => {
    for (const other of [
      { type: "renewal" },
      { currency: "EUR" },
      { amount: 5_000_000 },
      { amount: 25_000_000 },
    ])
      expect(
        liftOf([deal(true), deal(false, other as Partial<LiftDeal>)]).compare("landmark", "winRate"),
      ).toEqual({
        with: { deals: 0, value: { undefined: "no_matched_deals" } },
        without: { deals: 0, value: { undefined: "no_matched_deals" } },
        ...{ difference: { undefined: "no_matched_deals" }, low: null, high: null, placebo: null },
      });
  });

  it("leaves amounts undefined by the name of a missing rate, and nothing else", () => {
    const tally = new LiftTally(2);
    const rates = { quarter: "2026-Q2", reporting: "USD", perUnit: {} };
    for (const one of DEALS.map((each) => ({ ...each, currency: "EUR" }))) {
      try {
        tally.add(one, toReporting(one.amount, one.currency, rates));
      } catch (error) {
        if (isRefusal(error)) tally.add(one, error);
      }
    }
    const { winRate, dealSize } = tally.result();
    expect(winRate.landmark.difference).toBeCloseTo(0.45, 12);
    expect(dealSize.landmark.difference).toEqual({ undefined: "missing_rate", detail: "2026-Q2.EUR" });
  });
});

describe("interval and placebo", () => {
  it("of certain sides are certain", () => {
    const lift = liftOf([...times(20, () => won(true, 30)), ...times(20, () => deal(false))]);
    expect(lift.compare("landmark", "winRate")).toMatchObject({ difference: 1, low: 1, high: 1, placebo: 0 });
    const same = liftOf([...times(9, () => won(true, 30)), ...times(9, () => won(false, 30))]);
    expect(same.compare("landmark", "cycleDays")).toMatchObject({
      difference: 0,
      low: 0,
      high: 0,
      placebo: 1,
    });
  });

  it("are those of the normal law where there are many deals", () => {
    const rates = (partner: boolean, wins: number, all: number) => [
      ...times(wins, () => won(partner, 30)),
      ...times(all - wins, () => deal(partner)),
    ];
    const { low, high, placebo } = liftOf([...rates(true, 450, 1000), ...rates(false, 400, 1000)]).compare(
      "landmark",
      "winRate",
    );
    const spread = 1.96 * Math.sqrt((0.45 * 0.55 + 0.4 * 0.6) / 1000);
    expect(low).toBeCloseTo(0.05 - spread, 2);
    expect(high).toBeCloseTo(0.05 + spread, 2);
    // z = 2.26 of the pooled rate, 2.2 with the continuity of whole deals: two-sided 0.026.
    expect(Math.abs((placebo as number) - 0.026)).toBeLessThan(0.015);
  });

  const some = fc.array(
    fc.record({
      partner: fc.boolean(),
      days: fc.integer({ min: 0, max: 90 }),
      isWon: fc.boolean(),
      amount: fc.constantFrom(500_000, 700_000, 3_000_000),
    }),
    { minLength: 1, maxLength: 30 },
  );
  type Some = { partner: boolean; days: number; isWon: boolean; amount: number };
  const made = (given: readonly Some[], swapped = false) =>
    given.map(({ partner, days, isWon, amount }) => {
      const side = partner !== swapped;
      return isWon ? won(side, days, { amount }) : deal(side, { amount });
    });

  it("are the same whatever the order of the deals", () => {
    fc.assert(
      fc.property(some, (given) => {
        expect(liftOf(made(given.toReversed())).result()).toEqual(liftOf(made(given)).result());
      }),
      { numRuns: 15 },
    );
  });

  it("holds: swapped sides of one cell change the sign, and as many shuffles are as far", () => {
    fc.assert(
      fc.property(some, (given) => {
        const one = given.map((each) => ({ ...each, amount: 500_000 }));
        const [plain, swapped] = [liftOf(made(one)), liftOf(made(one, true))];
        for (const measure of LIFT_MEASURES) {
          const [here, there] = [plain, swapped].map((lift) => lift.compare("landmark", measure));
          if (typeof here?.difference !== "number") {
            expect(there?.difference).toEqual(here?.difference);
            continue;
          }
          expect(there?.difference).toBeCloseTo(-here.difference, 9);
          expect(there?.with.deals).toBe(here.without.deals);
          expect(there?.with.value).toBeCloseTo(here.without.value as number, 9);
          expect(Math.abs((there?.placebo as number) - (here.placebo as number))).toBeLessThan(0.1);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("holds: the interval is in order and the placebo a share", () => {
    fc.assert(
      fc.property(some, (given) => {
        const lift = liftOf(made(given)).result();
        for (const measure of LIFT_MEASURES)
          for (const comparison of COMPARISONS) {
            const { low, high, placebo, difference } = lift[measure][comparison];
            if (typeof difference !== "number") expect([low, high, placebo]).toEqual([null, null, null]);
            else {
              expect(low as number).toBeLessThanOrEqual(high as number);
              expect(placebo as number).toBeGreaterThanOrEqual(0);
              expect(placebo as number).toBeLessThanOrEqual(1);
            }
          }
      }),
      { numRuns: 15 },
    );
  });
});
