import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isCredited } from "../attribution/models";
import { DEAL_OUTCOMES, DEAL_TYPES, GRADES, OUTCOMES } from "../attribution/vocabulary";
import { addDays, parseQuarter } from "../calendar";
import { toReporting } from "../money";
import type { JudgedDeal } from "./judged-deal";
import type { Counting } from "./quarter-input";
import { dealsOf, METRICS, type MetricKey, metricOf, numbersOrReason, sheetsOf } from "./quarter-numbers";
import { ascending } from "./statistics";
import { cellOf, cycleOf, populationsOf, QuarterTally } from "./tally";

const quarter = parseQuarter("2026-Q2");
const counting: Counting = {
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
      grade: fc.constantFrom(...GRADES),
    }),
    { maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ created, days, grade, ...row }, index) => {
      const createdOn = addDays(quarter.from, created);
      return {
        ...row,
        id: `D-${index}`,
        owner: "Ann",
        route: "direct",
        createdOn,
        closedOn: row.outcome === "open" ? null : addDays(createdOn, days),
        evidence: isCredited(row.attribution) ? grade : null,
      };
    }),
  );

describe("the populations of a quarter", () => {
  const { from, to } = quarter;
  const [before, after] = [addDays(from, -1), addDays(to, 1)];
  test.each([
    ["created the day before, open", before, null, ["openAtEnd"]],
    ["created on the first day, open", from, null, ["created", "openAtEnd"]],
    ["created on the last day, open", to, null, ["created", "openAtEnd"]],
    ["created the day after, open", after, null, []],
    ["closed the day before it began", before, before, []],
    ["closed on the first day", before, from, ["closed"]],
    ["closed on the last day", before, to, ["closed"]],
    ["closed the day after", before, after, ["openAtEnd"]],
    ["created the day after, closed in it", after, to, ["closed"]],
    ["created and closed the day after", after, after, []],
  ] as const)("%s", (_, createdOn, closedOn, expected) => {
    const among = Object.entries(populationsOf({ createdOn, closedOn }, quarter));
    expect(among.filter(([, isIn]) => isIn).map(([population]) => population)).toEqual(expected);
  });
});

describe("a tally", () => {
  it("counts, adds and times exactly the deals of each part", () => {
    fc.assert(
      fc.property(deals, (deals) => {
        const tally = new QuarterTally(quarter, counting.rates);
        for (const deal of deals) tally.add(deal);
        const sheetOf = sheetsOf({ ...counting, tally }, quarter);
        for (const metric of Object.keys(METRICS) as MetricKey[]) {
          for (const [part, { population, matchedWith }] of Object.entries(metricOf(metric).parts)) {
            const own = dealsOf(metric, part, deals, quarter);
            const sheet = sheetOf(metric);
            expect(sheet.count(part)).toBe(own.length);
            if (matchedWith === undefined) {
              const amounts = own.map(({ amount, currency }) =>
                toReporting(amount, currency, counting.rates),
              );
              expect(sheet.amount(part)).toBe(amounts.reduce((sum, one) => sum + one, 0));
              const squares = amounts.reduce((sum, one) => sum + BigInt(one) ** 2n, 0n);
              expect(sheet.sums(part).squares).toBe(Number(squares));
              if (population === "closed") expect(sheet.sizes(part)).toEqual(ascending(amounts));
            }
            if (population !== "closed") continue;
            const timed = own.filter(({ createdOn, closedOn }) => closedOn !== null && closedOn >= createdOn);
            expect(sheet.days(part)).toEqual(ascending(timed.map(cycleOf)));
            const cells = new Map(timed.map((deal) => [cellOf(deal), [] as number[]]));
            for (const deal of timed) cells.get(cellOf(deal))?.push(cycleOf(deal));
            const byCell = new Map([...cells].map(([cell, days]) => [cell, ascending(days)]));
            expect(sheet.daysByCell(part)).toEqual(byCell);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("splits each part's amount by evidence into exactly the deals that open, adding up to it", () => {
    fc.assert(
      fc.property(deals, (deals) => {
        const tally = new QuarterTally(quarter, counting.rates);
        for (const deal of deals) tally.add(deal);
        const sheetOf = sheetsOf({ ...counting, tally }, quarter);
        for (const metric of Object.keys(METRICS) as MetricKey[]) {
          for (const [part, { matchedWith }] of Object.entries(metricOf(metric).parts)) {
            if (matchedWith !== undefined) continue;
            const own = dealsOf(metric, part, deals, quarter);
            const shares = sheetOf(metric).evidence(part);
            if (shares === null) {
              expect(own.filter(({ evidence }) => evidence !== null)).toEqual([]);
              continue;
            }
            expect(shares.map(({ evidence }) => evidence).slice(0, 3)).toEqual([...GRADES].reverse());
            const sum = (some: readonly { amount: number }[]) =>
              some.reduce((total, { amount }) => total + amount, 0);
            expect(sum(shares)).toBe(sheetOf(metric).amount(part));
            for (const share of shares) {
              const behind = own.filter(({ evidence }) => evidence === share.evidence);
              const converted = behind.map(({ amount, currency }) => ({
                amount: toReporting(amount, currency, counting.rates),
              }));
              expect(share).toEqual({
                evidence: share.evidence,
                deals: behind.length,
                amount: sum(converted),
              });
              if (share.evidence !== null)
                expect(dealsOf(metric, part, deals, quarter, share.evidence)).toEqual(behind);
            }
          }
        }
      }),
      { numRuns: 100 },
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
      evidence: "stated",
    };
    const tally = new QuarterTally(quarter, counting.rates);
    tally.add({ ...deal, createdOn: addDays(quarter.to, 1) });
    expect(numbersOrReason({ ...counting, tally }, quarter)).toHaveProperty("sourcedPipeline");
    tally.add(deal);
    expect(numbersOrReason({ ...counting, tally }, quarter)).toEqual({
      undefined: "missing_rate",
      detail: "2026-Q2.CHF",
    });
  });
});
