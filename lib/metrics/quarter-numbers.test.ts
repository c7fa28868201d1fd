/** Over 300 lines: the tables of cases and the properties over generated quarters share one set of factories. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isCredited, isInfluencedFamily } from "../attribution/models";
import { DEAL_TYPES, OUTCOMES, ROUTES } from "../attribution/vocabulary";
import { addDays, CALENDAR_YEAR, daysBetween, parseQuarter } from "../calendar";
import { toReporting } from "../money";
import type { Term } from "./definition";
import type { CostRow, JudgedDeal } from "./judged-deal";
import type { DealsInput } from "./quarter-input";
import {
  dealsOf,
  METRICS,
  type MetricKey,
  metricOf,
  partsOf,
  quarterNumbers,
  sheetsOf,
} from "./quarter-numbers";
import { quarterReport, reportedQuarters } from "./quarter-report";
import { ascending, medianOf } from "./statistics";
import { isDefined } from "./value";

const Q = parseQuarter("2017-Q3");
const QS = reportedQuarters(Q, CALENDAR_YEAR);
const KEYS = Object.keys(METRICS) as MetricKey[];

let serial = 0;
function deal(overrides: Partial<JudgedDeal>): JudgedDeal {
  return {
    id: `D-${++serial}`,
    owner: "ae",
    amount: 100_000,
    currency: "USD",
    type: "new",
    route: "direct",
    createdOn: "2017-07-10",
    closedOn: null,
    outcome: "open",
    attribution: "none",
    confirmedBeforeClose: false,
    evidence: isCredited(overrides.attribution ?? "none") ? "stated" : null,
    ...overrides,
  };
}
const won = (days: number, overrides: Partial<JudgedDeal> = {}) =>
  deal({ createdOn: addDays("2017-09-01", -days), closedOn: "2017-09-01", outcome: "won", ...overrides });

function cost(side: CostRow["side"], amount: number, overrides: Partial<CostRow> = {}): CostRow {
  return { quarter: Q.label, side, category: "headcount", amount, currency: "USD", ...overrides };
}
function input(deals: JudgedDeal[], overrides: Partial<DealsInput> = {}): DealsInput {
  return {
    deals,
    costs: [],
    rates: { quarter: Q.label, reporting: "USD", perUnit: {} },
    policy: { model: "two_bucket", costDenominator: "attributed" },
    ...overrides,
  };
}
const figures = (given: DealsInput, metric: MetricKey) =>
  Object.fromEntries(quarterReport(() => given, QS).metrics[metric].figures.map((f) => [f.key, f.value]));

describe("sourced pipeline", () => {
  test.each([
    ["created on the first day, open", { createdOn: "2017-07-01" }, 100, 100],
    ["created on the last day, open", { createdOn: "2017-09-30" }, 100, 100],
    ["created before, open", { createdOn: "2017-06-30" }, 0, 100],
    ["created after", { createdOn: "2017-10-01" }, 0, 0],
    ["closed on the last day", { closedOn: "2017-09-30", outcome: "won" }, 100, 0],
    ["closed the day after", { closedOn: "2017-10-01", outcome: "lost" }, 100, 100],
    ["closed before it was created", { closedOn: "2017-06-01", outcome: "won" }, 100, 0],
    ["influenced", { attribution: "influenced" }, 0, 0],
  ] as const)("%s", (_, overrides, amount, openAtEnd) => {
    const given = input([deal({ attribution: "sourced", amount: 100, ...overrides })]);
    expect(quarterNumbers(given, Q).sourcedPipeline).toMatchObject({ amount, openAtEnd });
  });
});

describe("cycle reduction", () => {
  it("weights each cell's difference by its credited deals, and says when it disagrees with the raw one", () => {
    const small = { amount: 900_000 };
    const large = { amount: 6_000_000 };
    const sourced = { attribution: "sourced" } as const;
    const deals = [
      ...[10, 12, 14].map((days) => won(days, small)), // median 12
      ...[8].map((days) => won(days, { ...small, ...sourced })), // saves 4
      won(100, large),
      ...[90, 91, 95].map((days) => won(days, { ...large, ...sourced })), // median 91, saves 9
      won(500, { type: "renewal" }), // no credited renewal: in no matched cell
    ];
    expect(quarterNumbers(input(deals), Q).cycleReduction).toEqual({
      days: 14 - 90.5,
      direct: 14,
      directDeals: 5,
      credited: 90.5,
      creditedDeals: 4,
      matchedDays: (4 * 1 + 9 * 3) / 4,
      matchedDeals: 4,
    });
    const { notes, tooFew } = quarterReport(() => input(deals), QS).metrics.cycleReduction;
    expect(notes).toEqual([{ note: "matched_disagrees", raw: -76.5, matched: 7.75 }]);
    expect(tooFew).toBe(true);
  });

  it("leaves out deals that closed before they were created, and says how many", () => {
    const deals = [won(10), won(0), won(-3), won(-4, { attribution: "sourced" })];
    expect(quarterNumbers(input(deals), Q).cycleReduction).toMatchObject({ direct: 5, directDeals: 2 });
    expect(quarterReport(() => input(deals), QS).metrics.cycleReduction.notes).toEqual([
      { note: "closed_before_created", deals: 2 },
    ]);
    expect(quarterNumbers(input(deals), Q).costPerPartnerDollar).toMatchObject({ directWon: 300_000 });
  });
});

describe("cost per partner dollar", () => {
  const deals = [
    won(1, { attribution: "sourced", amount: 1000 }),
    won(1, { attribution: "co_sell", amount: 3000 }),
    won(1, { amount: 8000 }),
  ];
  const costs = [
    cost("partner_program", 400),
    cost("partner_program", 100, { category: "travel" }),
    cost("partner_program", 999, { quarter: "2017-Q2" }),
    cost("direct_sales", 4000),
  ];

  test.each([
    ["attributed", "perAttributed", 0.125, 0.75],
    ["sourced", "perSourced", 0.5, 0],
  ] as const)("by the %s denominator", (costDenominator, headline, value, belowDirect) => {
    const given = input(deals, { costs, policy: { model: "triple_tier", costDenominator } });
    const numbers = quarterNumbers(given, Q).costPerPartnerDollar;
    expect(numbers).toMatchObject({ programCost: 500, headline: costDenominator });
    expect(numbers[headline]).toBe(value);
    const report = quarterReport(() => given, QS).metrics.costPerPartnerDollar;
    expect(report.figures[0]).toMatchObject({ key: headline, value });
    const below = report.figures.find((figure) => figure.key === "belowDirect");
    expect(below).toMatchObject({ value: belowDirect, benchmark: { stands: null } }); // one deal a side
    expect(below?.opens.map(({ part }) => part)).toEqual([
      costDenominator === "sourced" ? "sourcedWon" : "attributedWon",
      "directWon",
    ]);
  });
});

describe("undefined, never 0", () => {
  it("names the reason for an empty quarter", () => {
    expect(quarterNumbers(input([]), Q)).toEqual({
      sourcedPipeline: { amount: 0, deals: 0, share: { undefined: "no_pipeline" }, openAtEnd: 0 },
      influencedWinRate: {
        rate: { undefined: "no_influenced_closed" },
        deals: 0,
        direct: { undefined: "no_direct_closed" },
        directDeals: 0,
        shareOfWonRevenue: { undefined: "no_won_revenue" },
      },
      cycleReduction: {
        days: { undefined: "no_direct_cycle" },
        direct: { undefined: "no_direct_cycle" },
        directDeals: 0,
        credited: { undefined: "no_credited_cycle" },
        creditedDeals: 0,
        matchedDays: { undefined: "no_matched_cells" },
        matchedDeals: 0,
      },
      costPerPartnerDollar: {
        programCost: { undefined: "no_program_costs" },
        attributedWon: 0,
        sourcedWon: 0,
        directWon: 0,
        perAttributed: { undefined: "no_program_costs" },
        perSourced: { undefined: "no_program_costs" },
        direct: { undefined: "no_direct_costs" },
        headline: "attributed",
      },
    });
  });

  test.each([
    ["costs but nothing won", "costPerPartnerDollar", "perAttributed", "no_credited_revenue"],
    ["a model without co-sell", "threeRoles", "coSellOpen", "not_in_model"],
    ["nothing closed", "aeAdoption", "share", "no_closed"],
    ["nothing won", "creditedVersusDirect", "creditedDealSize", "no_credited_wins"],
    ["no rates to compare", "influencedWinRate", "ratio", "no_influenced_closed"],
  ] as const)("%s", (_, metric, figure, reason) => {
    const given = input([deal({})], { costs: [cost("partner_program", 5)] });
    expect(figures(given, metric)[figure]).toEqual({ undefined: reason });
  });

  it("keeps 0 where 0 is the answer", () => {
    const triple = { model: "triple_tier", costDenominator: "attributed" } as const;
    expect(figures(input([], { policy: triple }), "threeRoles").coSellOpen).toBe(0);
    const lost = deal({ attribution: "influenced", closedOn: "2017-09-01", outcome: "lost" });
    expect(quarterNumbers(input([lost]), Q).influencedWinRate.rate).toBe(0);
  });
});

describe("several currencies", () => {
  const rates = { quarter: Q.label, reporting: "USD", perUnit: { EUR: "1.2" } };
  const euro = { currency: "EUR", attribution: "sourced" } as const;

  it("are converted with the asked quarter's rates, open pipeline and costs included", () => {
    const deals = [
      deal({ ...euro, createdOn: "2016-01-01" }),
      deal(euro),
      deal({}),
      won(5, { ...euro, amount: 5 }),
    ];
    const numbers = quarterNumbers(
      input(deals, { rates, costs: [cost("partner_program", 10, { currency: "EUR" })] }),
      Q,
    );
    expect(numbers.sourcedPipeline).toMatchObject({ amount: 120_006, openAtEnd: 240_000 });
    expect(numbers.costPerPartnerDollar).toMatchObject({ programCost: 12, perSourced: 2 });
  });

  it("refuse a missing rate by quarter and currency", () => {
    const given = input([deal({ currency: "SEK", attribution: "sourced" })], { rates });
    expect(() => quarterNumbers(given, Q)).toThrow("rates.2017-Q3.SEK: no rate from SEK to USD is stored");
    expect(() => quarterReport(() => given, QS, undefined, "required")).toThrow("rates.2017-Q3.SEK");
  });

  it("blank only what a missing rate touches, and name it", () => {
    const given = input([deal({ currency: "SEK", attribution: "sourced" }), won(5), won(7)], { rates });
    const { metrics } = quarterReport(() => given, QS);
    const missing = { undefined: "missing_rate", currency: "SEK" };
    expect(metrics.sourcedPipeline.figures[0]?.value).toMatchObject(missing);
    expect(metrics.sourcedPipeline.figures.find(({ key }) => key === "share")).toMatchObject({
      value: missing,
      interval: null,
    });
    expect(metrics.sourcedPipeline.figures.find(({ key }) => key === "deals")?.value).toBe(1);
    expect(metrics.influencedWinRate.figures.find(({ key }) => key === "direct")?.value).toBe(1);
    expect(metrics.cycleReduction.figures.find(({ key }) => key === "direct")?.value).toBe(6);
  });

  it("leave an earlier quarter undefined by name when only its rate is missing", () => {
    const deals = [deal(euro), deal({ ...euro, createdOn: "2017-04-04" })];
    const report = quarterReport((quarter) => {
      const perUnit: Record<string, string> = quarter.label === Q.label ? rates.perUnit : {};
      return input(deals, { rates: { quarter: quarter.label, reporting: "USD", perUnit } });
    }, QS).metrics.sourcedPipeline;
    const missing = {
      undefined: "missing_rate",
      detail: "no rate from EUR to USD is stored for 2017-Q2",
      currency: "EUR",
    };
    expect(report.figures[0]).toMatchObject({ value: 120_000, prior: missing, yearBefore: 0 });
    expect(report.series.slice(-3)).toEqual([
      { quarter: "2017-Q1", value: 0 },
      { quarter: "2017-Q2", value: missing },
      { quarter: "2017-Q3", value: 120_000 },
    ]);
  });
});

describe("properties", () => {
  const day = fc.integer({ min: -200, max: 200 }).map((days) => addDays("2017-08-15", days));
  const anyDeal = fc
    .record({
      amount: fc.integer({ min: 0, max: 50_000_000 }),
      currency: fc.constantFrom("USD", "EUR", "JPY"),
      type: fc.constantFrom(...DEAL_TYPES),
      route: fc.constantFrom(...ROUTES),
      createdOn: day,
      closing: fc.record({ closedOn: day, outcome: fc.constantFrom("won", "won", "lost", "open") }),
      attribution: fc.constantFrom(...OUTCOMES),
      confirmedBeforeClose: fc.boolean(),
    })
    .map(({ closing, ...rest }) =>
      deal({
        ...rest,
        outcome: closing.outcome as JudgedDeal["outcome"],
        closedOn: closing.outcome === "open" ? null : closing.closedOn,
      }),
    );
  const anyInput = fc
    .record({
      deals: fc.array(anyDeal, { maxLength: 60 }),
      program: fc.integer({ min: 0, max: 10 ** 9 }),
      direct: fc.integer({ min: 0, max: 10 ** 9 }),
      costDenominator: fc.constantFrom("attributed" as const, "sourced" as const),
    })
    .map(({ deals, program, direct, costDenominator }) =>
      input(deals, {
        costs: [cost("partner_program", program), cost("direct_sales", direct)],
        rates: { quarter: Q.label, reporting: "USD", perUnit: { EUR: "1.0835", JPY: "0.0091" } },
        policy: { model: "triple_tier", costDenominator },
      }),
    );

  it("every number adds up from exactly the deals it opens to", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const report = quarterReport(() => given, QS);
        for (const key of KEYS)
          for (const figure of report.metrics[key].figures) {
            const rows = figure.opens.map(({ part }) => dealsOf(key, part, given.deals, Q));
            expect(rows.map((deals) => deals.length)).toEqual(figure.opens.map(({ deals }) => deals));
            const sums = rows.map((deals) => addUp(deals, figure.adds, given));
            const [first = 0, second = 0] = sums;
            if (!isDefined(figure.value) || figure.opens.length === 0) continue;
            if (figure.unit === "deals" || (figure.unit === "money" && !/DealSize/.test(figure.key)))
              expect(figure.value).toBe(first);
            if (figure.unit === "share" && figure.opens.length === 2 && figure.adds !== "days") {
              if (figure.key !== "belowDirect") expect(figure.value).toBeCloseTo(first / second, 12);
            }
            if (figure.unit === "days" && figure.opens.length === 1)
              expect(figure.value).toBe(medianOf(ascending((rows[0] as JudgedDeal[]).map(cycle))));
            if (figure.unit === "perUnit") {
              const spent = given.costs[figure.key === "direct" ? 1 : 0]?.amount ?? Number.NaN;
              expect(figure.value).toBe(spent / first);
            }
          }
      }),
    );
  });

  it("a sum that is written out comes to its figure", () => {
    let worked = 0;
    fc.assert(
      fc.property(anyInput, (given) => {
        for (const key of KEYS) {
          const sheet = sheetsOf(given, Q)(key);
          for (const figure of Object.values(metricOf(key).figures)) {
            const value = figure.value(sheet);
            if (!figure.written || !isDefined(value)) continue;
            const [first, ...rest] = figure.written(sheet);
            const less = first === "1 −";
            const [from, sign, by] = (less ? rest : [first, ...rest]) as [Term, string, Term];
            const [a, b] = [from.value as number, by.value as number];
            const come = sign === "÷" ? a / b : a - b;
            expect(less ? 1 - come : come).toBeCloseTo(value, 12);
            worked++;
          }
        }
      }),
    );
    expect(worked).toBeGreaterThan(100);
  });

  it("the order of deals is irrelevant", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const turned = { ...given, deals: [...given.deals].reverse(), costs: [...given.costs].reverse() };
        expect(quarterReport(() => turned, QS)).toEqual(quarterReport(() => given, QS));
      }),
    );
  });

  it("a deal closed in the quarter is sourced, influenced or direct, and only one of them", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const count = (part: string) => dealsOf("influencedWinRate", part, given.deals, Q).length;
        const credited = dealsOf("creditedVersusDirect", "creditedClosed", given.deals, Q);
        const sourced = credited.filter((one) => one.attribution === "sourced").length;
        const all = dealsOf("aeAdoption", "closed", given.deals, Q).length;
        expect(sourced + count("closed") + count("directClosed")).toBe(all);
      }),
    );
    expect(OUTCOMES.filter((outcome) => isInfluencedFamily(outcome) && !isCredited(outcome))).toEqual([]);
  });

  it("every interval holds finite ends in order, and a rate's lies in [0, 1]", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        for (const metric of Object.values(quarterReport(() => given, QS).metrics))
          for (const { interval, unit, adds } of metric.figures) {
            if (!interval) continue;
            expect(Number.isFinite(interval.low) && interval.low <= interval.high).toBe(true);
            if (unit === "share" && adds !== "days")
              expect(0 <= interval.low && interval.high <= 1).toBe(true);
          }
      }),
    );
  });

  const cycle = (one: JudgedDeal) => daysBetween(one.createdOn, one.closedOn as string);
  function addUp(deals: JudgedDeal[], adds: "amount" | "deals" | "days", given: DealsInput): number {
    if (adds === "deals") return deals.length;
    const each = (one: JudgedDeal) =>
      adds === "days" ? cycle(one) : toReporting(one.amount, one.currency, given.rates);
    return deals.reduce((sum, one) => sum + each(one), 0);
  }
});

describe("definitions", () => {
  test.each(KEYS)("%s names only parts, figures and sides it has", (key) => {
    const metric = metricOf(key);
    const policies = ["attributed", "sourced"].map((costDenominator) => ({
      model: "two_bucket" as const,
      costDenominator: costDenominator as "attributed" | "sourced",
    }));
    const named = [
      ...metric.sides,
      ...Object.values(metric.parts).flatMap((part) => part.matchedWith ?? []),
      ...policies.flatMap((policy) => Object.values(metric.figures).flatMap((f) => partsOf(f, policy))),
    ];
    for (const part of named) expect(Object.keys(metric.parts)).toContain(part);
    for (const { figure } of metric.benchmarks) expect(Object.keys(metric.figures)).toContain(figure);
  });

  it("refuse a part they do not have", () => {
    expect(() => dealsOf("aeAdoption", "toString", [], Q)).toThrow(/no such part/);
  });
});
