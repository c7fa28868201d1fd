import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEAL_OUTCOMES, DEAL_TYPES, OUTCOMES } from "../attribution/vocabulary";
import { addDays, parseQuarter } from "../calendar";
import type { JudgedDeal, QuarterInput } from "./judged-deal";
import { quarterNumbers } from "./quarter-numbers";
import { numbersOrReason, Tally } from "./tally";

const quarter = parseQuarter("2026-Q2");
const counting: Omit<QuarterInput, "deals"> = {
  costs: [
    { quarter: "2026-Q2", side: "partner_program", category: "headcount", amount: 12_345, currency: "EUR" },
    { quarter: "2026-Q2", side: "direct_sales", category: "headcount", amount: 99_999, currency: "USD" },
  ],
  rates: { quarter: "2026-Q2", reporting: "USD", perUnit: { EUR: "1.0835" } },
  policy: { model: "two_bucket", costDenominator: "attributed" },
};

/** Deals around the quarter: created and closed before, in and after it, some before they were created. */
const deals: fc.Arbitrary<JudgedDeal[]> = fc
  .array(
    fc.record({
      amount: fc.integer({ min: 0, max: 40_000_000 }),
      currency: fc.constantFrom("USD", "EUR"),
      type: fc.constantFrom(...DEAL_TYPES),
      created: fc.integer({ min: -200, max: 120 }),
      days: fc.integer({ min: -5, max: 200 }),
      outcome: fc.constantFrom(...DEAL_OUTCOMES),
      attribution: fc.constantFrom(...OUTCOMES),
      confirmedBeforeClose: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ created, days, ...row }, index) => {
      const createdOn = addDays(quarter.from, created);
      return {
        ...row,
        id: `D-${index}`,
        owner: "Ann",
        route: "direct",
        createdOn,
        closedOn: row.outcome === "open" ? null : addDays(createdOn, days),
      };
    }),
  );

describe("a tally", () => {
  it("has the numbers that the deals themselves give", () => {
    fc.assert(
      fc.property(deals, (deals) => {
        const tally = new Tally(counting, quarter);
        for (const deal of deals) tally.add(deal);
        expect(tally.numbers()).toEqual(quarterNumbers({ ...counting, deals }, quarter));
      }),
      { numRuns: 300 },
    );
  });

  it("names the rate that is missing, as a quarter's numbers do, and counts what needs none", () => {
    const deal: JudgedDeal = {
      id: "D-1",
      owner: "Ann",
      amount: 5,
      currency: "CHF",
      type: "new",
      route: "direct",
      createdOn: quarter.from,
      closedOn: null,
      outcome: "open",
      attribution: "sourced",
      confirmedBeforeClose: false,
    };
    const tally = new Tally(counting, quarter);
    tally.add({ ...deal, createdOn: addDays(quarter.to, 1) });
    expect(numbersOrReason(tally)).toHaveProperty("sourcedPipeline");
    tally.add(deal);
    expect(numbersOrReason(tally)).toEqual({ undefined: "missing_rate", detail: "2026-Q2.CHF" });
  });
});
