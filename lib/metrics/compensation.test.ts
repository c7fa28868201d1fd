import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OUTCOMES } from "../attribution/vocabulary";
import {
  due,
  type EarnedDeal,
  type Entry,
  earned,
  LINES,
  lineOf,
  type PlanLine,
  sumOfEntries,
} from "./compensation";

const RATES = { quarter: "2026-Q1", reporting: "USD", perUnit: { EUR: "1.1" } };
const NOTHING: PlanLine = { pays: { of: "nothing" }, capPerDeal: null, capPerQuarter: null };
const rate = (basisPoints: number, caps: Partial<PlanLine> = {}): PlanLine => ({
  ...{ pays: { of: "rate", basisPoints }, capPerDeal: null, capPerQuarter: null },
  ...caps,
});
const fixed = (amount: number): PlanLine => ({ ...NOTHING, pays: { of: "fixed", amount } });
const plan = (sourced: PlanLine, influenced: PlanLine = NOTHING) => ({
  currency: "USD",
  lines: { sourced, influenced },
});
const deal = (dealId: string, changes: Partial<EarnedDeal> = {}): EarnedDeal => ({
  ...{ dealId, account: "Larkfield", closedOn: "2026-02-01", amount: 100_000, currency: "USD" },
  partners: [
    { partnerId: "P-1", outcome: "sourced", credit: 100_000, evidence: "countersigned", payeeId: "pam" },
  ],
  ...changes,
});
const amounts = (entries: readonly Entry[]) => entries.map(({ dealId, amount }) => [dealId, amount]);

test("sourced and the influenced family are two lines; triple tier's influence is paid by none", () => {
  const paid = OUTCOMES.filter((outcome) => lineOf(outcome) !== null);
  expect(paid.toSorted()).toEqual(
    ["accelerated", "assisted", "assisted_close", "co_sell", "influenced", "sourced"].toSorted(),
  );
  expect(lineOf("sourced")).toBe("sourced");
  expect(lineOf("co_sell")).toBe("influenced");
});

describe("what a deal pays", () => {
  const half = (outcome: "sourced" | "influenced") =>
    (["P-1", "P-2"] as const).map((partnerId, at) => ({
      ...{ partnerId, outcome, credit: 50_000, evidence: null },
      payeeId: at === 0 ? "pam" : "paul",
    }));
  test.each([
    ["a rate of its credit", plan(rate(500)), deal("D"), [5_000]],
    [
      "half a cent rounded up",
      plan(rate(1)),
      deal("D", { partners: [{ ...deal("D").partners[0]!, credit: 5_000 }] }),
      [1],
    ],
    ["a bonus, whole for one partner", plan(fixed(9_999)), deal("D"), [9_999]],
    [
      "a bonus, shared as the credit is",
      plan(fixed(10_000)),
      deal("D", { partners: half("sourced") }),
      [5_000, 5_000],
    ],
    ["by the other line, nothing", plan(rate(500)), deal("D", { partners: half("influenced") }), []],
    ["by its own line", plan(rate(500), rate(100)), deal("D", { partners: half("influenced") }), [500, 500]],
    ["in another currency, by the quarter's rate", plan(rate(500)), deal("D", { currency: "EUR" }), [5_500]],
    ["no more than its cap", plan(rate(500, { capPerDeal: 1_200 })), deal("D"), [1_200]],
    [
      "nothing where nobody looks after the partner",
      plan(rate(500)),
      deal("D", { partners: [{ ...deal("D").partners[0]!, payeeId: null }] }),
      [],
    ],
  ])("%s", (_, of, one, expected) => {
    expect(earned(of, [one], RATES).map(({ amount }) => amount)).toEqual(expected);
  });

  test("a quarter's cap is filled in order of close, then of id, and says what it took", () => {
    const deals = [deal("D-3", { closedOn: "2026-03-01" }), deal("D-2"), deal("D-1")];
    const entries = earned(plan(rate(500, { capPerQuarter: 12_000 })), deals, RATES);
    expect(amounts(entries)).toEqual([
      ["D-1", 5_000],
      ["D-2", 5_000],
      ["D-3", 2_000],
    ]);
    expect(entries.map(({ capped }) => capped)).toEqual([0, 0, 3_000]);
  });
});

const claim = fc.record({
  partnerId: fc.constantFrom("P-1", "P-2"),
  outcome: fc.constantFrom("sourced", "influenced", "none", "influence", "co_sell"),
  credit: fc.integer({ min: 0, max: 500_000 }),
  evidence: fc.constant(null),
  payeeId: fc.constantFrom("pam", "paul", null),
});
/** A quarter as it may come to stand: any of its deals gone, changed, won by another partner. */
const world = fc.subarray(["D-1", "D-2", "D-3", "D-4"]).chain((ids) =>
  fc.tuple(
    ...ids.map((dealId) =>
      fc.record({
        dealId: fc.constant(dealId),
        account: fc.constant(null),
        closedOn: fc.constantFrom("2026-01-05", "2026-02-05", "2026-03-05"),
        amount: fc.integer({ min: 500_000, max: 900_000 }),
        currency: fc.constantFrom("USD", "EUR"),
        partners: fc.uniqueArray(claim, { selector: ({ partnerId }) => partnerId, maxLength: 2 }),
      }),
    ),
  ),
);
const line = fc.record({
  pays: fc.oneof(
    fc.record({ of: fc.constant("rate" as const), basisPoints: fc.integer({ min: 0, max: 3_000 }) }),
    fc.record({ of: fc.constant("fixed" as const), amount: fc.integer({ min: 0, max: 20_000 }) }),
    fc.constant({ of: "nothing" as const }),
  ),
  capPerDeal: fc.option(fc.integer({ min: 0, max: 20_000 })),
  capPerQuarter: fc.option(fc.integer({ min: 0, max: 40_000 })),
});

test("no cap is passed, and no line is below zero", () => {
  fc.assert(
    fc.property(world, line, line, (deals, sourced, influenced) => {
      const entries = earned(plan(sourced, influenced), deals, RATES);
      for (const entry of entries) {
        expect(entry.amount).toBeGreaterThanOrEqual(0);
        const cap = { sourced, influenced }[entry.line].capPerDeal;
        if (cap !== null) expect(entry.amount).toBeLessThanOrEqual(cap);
      }
      for (const one of LINES)
        for (const payee of ["pam", "paul"]) {
          const cap = { sourced, influenced }[one].capPerQuarter;
          const sum = sumOfEntries(entries.filter((e) => e.line === one && e.payeeId === payee));
          if (cap !== null) expect(sum).toBeLessThanOrEqual(cap);
        }
    }),
  );
});

test("whatever changes between payments, and in whatever order, all that was paid is what stands at the last", () => {
  const events = fc.array(fc.oneof(world, fc.constant("pay" as const)), { maxLength: 8 });
  fc.assert(
    fc.property(events, line, line, (all, sourced, influenced) => {
      let stands: Entry[] = [];
      const runs: Entry[][] = [];
      const paid = () => runs.flat();
      for (const event of [...all, "pay" as const]) {
        if (event === "pay") runs.push(due(stands, paid()));
        else stands = earned(plan(sourced, influenced), event, RATES);
      }
      expect(due(stands, paid())).toEqual([]);
      expect(sumOfEntries(paid())).toBe(sumOfEntries(stands));
      for (const payee of ["pam", "paul"]) {
        const of = (entries: readonly Entry[]) =>
          sumOfEntries(entries.filter(({ payeeId }) => payeeId === payee));
        expect(of(paid())).toBe(of(stands));
      }
      for (const run of runs) for (const { amount } of run) expect(amount).not.toBe(0);
    }),
  );
});

test("a deal that lost its credit after it was paid is clawed back, whole, and paid again when it has it again", () => {
  const first = earned(plan(rate(500)), [deal("D")], RATES);
  const clawback = due([], first);
  expect(amounts(clawback)).toEqual([["D", -5_000]]);
  expect(due([], [...first, ...clawback])).toEqual([]);
  expect(amounts(due(first, [...first, ...clawback]))).toEqual([["D", 5_000]]);
});
