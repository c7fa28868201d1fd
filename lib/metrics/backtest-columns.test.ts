import fc from "fast-check";
import { expect, it } from "vitest";
import { classify } from "../attribution/classify";
import { FactsTable } from "../attribution/columns";
import { factsArbitrary, policyArbitrary } from "../attribution/facts.arbitrary";
import { Outcomes } from "../attribution/outcomes";
import { CALENDAR_YEAR, parseQuarter } from "../calendar";
import { Backtest, type BacktestQuarter } from "./backtest";

const LABELS = ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q4"];

const ratesOf = (rate: string | null): Record<string, string> => (rate === null ? {} : { EUR: rate });

/** Some quarters, of which one may lack the rate that its deals need. */
const quartersArbitrary = fc
  .tuple(fc.subarray(LABELS), fc.constantFrom("1.1", "0.33333", undefined))
  .map(([labels, rate]): BacktestQuarter[] =>
    labels.map((quarter, place) => ({
      quarter: parseQuarter(quarter, CALENDAR_YEAR),
      costs: [{ quarter, side: "partner_program", category: "headcount", amount: 700, currency: "USD" }],
      rates: {
        ...{ quarter, reporting: "USD" },
        perUnit: ratesOf(rate === undefined && place > 0 ? null : (rate ?? "2")),
      },
    })),
  );

/** Deals of any size and of two currencies. */
const dealsArbitrary = fc.array(
  fc
    .tuple(
      factsArbitrary,
      fc.constantFrom("USD", "USD", "EUR"),
      fc.constantFrom(null, 94_906_265, 94_906_266, 30_000_000_000),
    )
    .map(([facts, currency, amount]) => ({
      ...facts,
      deal: { ...facts.deal, currency, amount: amount ?? facts.deal.amount },
    })),
  { maxLength: 30 },
);

it("adds up by columns what it adds up deal by deal", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      policyArbitrary,
      policyArbitrary,
      quartersArbitrary,
      dealsArbitrary,
      (was, is, quarters, deals) => {
        const [plain, columns] = [0, 0].map(() => new Backtest(quarters, { before: was, after: is })) as [
          Backtest,
          Backtest,
        ];
        const table = new FactsTable();
        const [before, after] = [new Outcomes(table, was), new Outcomes(table, is)];
        for (const [at, facts] of deals.entries()) {
          const deal = { ...facts.deal, owner: "", confirmedBeforeClose: false };
          plain.add({ deal, before: classify(was, facts), after: classify(is, facts) });
          table.add(facts);
          before.judgeDeal(at);
          after.judgeDeal(at);
          columns.addColumns(table, at, before, after);
        }
        const summary = plain.summary();
        compared += summary.moved;
        expect(columns.summary()).toEqual(summary);
      },
    ),
    { numRuns: 400, seed: 20261128 },
  );
  // The generators make deals that move at all.
  expect(compared).toBeGreaterThan(100);
});
