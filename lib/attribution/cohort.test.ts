import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "../calendar";
import {
  type AmountBand,
  amountBand,
  type CohortDeal,
  type CohortQuery,
  cohortIndex,
  cohortMedian,
} from "./cohort";
import { DEAL_TYPES } from "./vocabulary";

/** A won direct deal that took `cycle` days and closed on `closedOn`. */
function deal(cycle: number, closedOn = "2026-03-01", overrides: Partial<CohortDeal> = {}): CohortDeal {
  return {
    amount: 2_000_000,
    currency: "USD",
    type: "new",
    createdOn: addDays(closedOn, -cycle),
    closedOn,
    outcome: "won",
    hasPartner: false,
    ...overrides,
  };
}

const query = { type: "new", currency: "USD", band: 1, day: "2026-03-01" } as const;

describe("amountBand", () => {
  it.each([
    [0, "USD", 0],
    [999_999, "USD", 0],
    [1_000_000, "USD", 1],
    [4_999_999, "USD", 1],
    [5_000_000, "USD", 2],
    [25_000_000, "USD", 3],
    [9_999, "JPY", 0],
    [10_000, "JPY", 1],
    [9_999_999, "BHD", 0],
    [10_000_000, "BHD", 1],
  ])("puts %i minor units of %s in band %i", (amount, currency, band) => {
    expect(amountBand(amount, currency)).toBe(band);
  });
});

describe("cohortMedian", () => {
  it("needs five deals", () => {
    const four = [10, 20, 30, 40].map((cycle) => deal(cycle));
    expect(cohortMedian(four, query)).toBeNull();
    expect(cohortMedian([...four, deal(50)], query)).toBe(30);
  });

  it("takes the mean of the middle two when even", () => {
    expect(
      cohortMedian(
        [60, 10, 20, 33, 40, 50].map((cycle) => deal(cycle)),
        query,
      ),
    ).toBe(36.5);
  });

  it("looks back 365 days, the day itself included", () => {
    const deals = [10, 20, 30, 40].map((cycle) => deal(cycle));
    const at = (closedOn: string) => cohortMedian([...deals, deal(50, closedOn)], query);
    expect(at("2025-03-02")).toBe(30);
    expect(at("2025-03-01")).toBeNull();
    expect(at("2026-03-02")).toBeNull();
  });

  it.each<[string, Partial<CohortDeal>]>([
    ["with a partner", { hasPartner: true }],
    ["lost", { outcome: "lost" }],
    ["open", { outcome: "open", closedOn: null }],
    ["of another type", { type: "renewal" }],
    ["of another band", { amount: 10 }],
    ["of another currency", { currency: "EUR" }],
    ["closed before it was created", { createdOn: "2026-03-02" }],
  ])("leaves out a deal %s", (_, overrides) => {
    const deals = [10, 20, 30, 40].map((cycle) => deal(cycle));
    expect(cohortMedian([...deals, deal(50, "2026-03-01", overrides)], query)).toBeNull();
  });

  it("answers every query as counting afresh would", () => {
    const won = fc
      .record({
        cycle: fc.integer({ min: -2, max: 30 }),
        closed: fc.nat(800),
        type: fc.constantFrom("new", "renewal" as const),
        amount: fc.constantFrom(100, 2_000_000),
        currency: fc.constantFrom("USD", "EUR"),
        hasPartner: fc.constantFrom(false, false, true),
      })
      .map(({ cycle, closed, ...rest }) => deal(cycle, addDays("2024-01-01", closed), rest));
    fc.assert(
      fc.property(
        fc.array(won, { maxLength: 60 }),
        fc.array(fc.nat(1300), { minLength: 1, maxLength: 20 }),
        (deals, days) => {
          const medianOf = cohortIndex(deals);
          // Alike ones told once, with how many they are, are the same cohort.
          const told = cohortIndex(toldOnce(deals));
          for (const number of days) {
            const day = addDays("2023-12-01", number);
            for (const type of DEAL_TYPES) {
              for (const band of [0, 1] as AmountBand[]) {
                const asked = { type, currency: "EUR", band, day };
                expect(medianOf(asked)).toBe(counted(deals, asked));
                expect(told(asked)).toBe(counted(deals, asked));
              }
            }
          }
        },
      ),
      { numRuns: 200, seed: 7 },
    );
  });
});

function toldOnce(deals: CohortDeal[]): CohortDeal[] {
  const alike = new Map<string, CohortDeal>();
  for (const one of deals) {
    const known = alike.get(JSON.stringify(one));
    alike.set(JSON.stringify(one), { ...one, deals: (known?.deals ?? 0) + 1 });
  }
  return [...alike.values()];
}

/** The definition, word by word (domain.md §2, §7). */
function counted(deals: CohortDeal[], { type, currency, band, day }: CohortQuery): number | null {
  const cycles = deals
    .filter(
      (one) => one.outcome === "won" && !one.hasPartner && one.type === type && one.currency === currency,
    )
    .filter((one) => amountBand(one.amount, one.currency) === band)
    .filter((one) => {
      const age = daysBetween(one.closedOn as string, day);
      return age >= 0 && age < 365;
    })
    .map((one) => daysBetween(one.createdOn, one.closedOn as string))
    .filter((cycle) => cycle >= 0)
    .sort((a, b) => a - b);
  if (cycles.length < 5) return null;
  const middle = cycles.length / 2;
  return Number.isInteger(middle)
    ? ((cycles[middle - 1] as number) + (cycles[middle] as number)) / 2
    : (cycles[Math.floor(middle)] as number);
}
