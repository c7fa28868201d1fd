import { describe, expect, it, test } from "vitest";
import { isCredited } from "../attribution/models";
import type { Outcome } from "../attribution/vocabulary";
import { CALENDAR_YEAR, parseQuarter } from "../calendar";
import type { JudgedDeal } from "./judged-deal";
import type { MetricKey } from "./quarter-numbers";
import { quarterReport, reportedQuarters } from "./quarter-report";

const Q = parseQuarter("2017-Q3");
const QS = reportedQuarters(Q, CALENDAR_YEAR);

/** So many deals of one kind, created on the quarter's first day. */
function deals(count: number, attribution: Outcome, overrides: Partial<JudgedDeal> = {}): JudgedDeal[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${attribution}-${at}`,
    owner: "ae",
    amount: 100,
    currency: "USD",
    type: "new",
    route: "direct",
    createdOn: Q.from,
    closedOn: null,
    outcome: "open",
    attribution,
    confirmedBeforeClose: false,
    evidence: isCredited(attribution) ? "stated" : null,
    ...overrides,
  }));
}
const won = { closedOn: "2017-09-01", outcome: "won" } as const;

function figureOf(given: JudgedDeal[], metric: MetricKey, key: string) {
  const report = quarterReport(
    (quarter) => ({
      deals: given,
      costs: [],
      rates: { quarter: quarter.label, reporting: "USD", perUnit: {} },
      policy: { model: "two_bucket", costDenominator: "attributed" },
    }),
    QS,
  );
  return {
    ...report,
    metric: report.metrics[metric],
    figure: report.metrics[metric].figures.find((figure) => figure.key === key),
  };
}

describe("the past", () => {
  it("is the quarter before, the year before, and eight quarters with the asked one last", () => {
    // The n-th of the eight quarters has n sourced deals of 100.
    const given = QS.flatMap((quarter, at) => deals(at + 1, "sourced", { createdOn: quarter.to }));
    const { metric, figure, prior, yearBefore } = figureOf(given, "sourcedPipeline", "amount");
    expect(metric.series).toEqual(
      QS.map((quarter, at) => ({ quarter: quarter.label, value: (at + 1) * 100 })),
    );
    expect({ prior, yearBefore }).toEqual({ prior: "2017-Q2", yearBefore: "2016-Q3" });
    expect(figure).toMatchObject({ value: 800, prior: 700, yearBefore: 400 });
  });

  it("comes from each quarter's own input, as a frozen one's seal is", () => {
    const report = quarterReport(
      (quarter) => ({
        deals: quarter.label === Q.label ? [] : deals(3, "sourced", { createdOn: quarter.from }),
        costs: [],
        rates: { quarter: quarter.label, reporting: "USD", perUnit: {} },
        policy: { model: "two_bucket", costDenominator: "attributed" },
      }),
      QS,
    );
    expect(report.metrics.sourcedPipeline.figures[0]).toMatchObject({
      value: 0,
      prior: 300,
      yearBefore: 300,
    });
  });
});

describe("the benchmark", () => {
  test.each([
    [14, 86, "below"],
    [15, 85, "within"],
    [25, 75, "within"],
    [26, 74, "above"],
    [4, 16, null], // too few sourced deals to tell
    [20, 4, null],
    [0, 0, null],
  ] as const)("of %i sourced and %i other deals stands %s", (sourced, other, stands) => {
    const given = [...deals(sourced, "sourced"), ...deals(other, "attached")];
    const { metric, figure } = figureOf(given, "sourcedPipeline", "share");
    expect(figure?.benchmark).toMatchObject({ low: 0.15, high: 0.25, stands });
    expect(metric.tooFew).toBe(stands === null);
    expect(metric.sides.map((side) => side.deals)).toEqual([sourced, other]);
  });

  it("takes no stand on a number that is undefined", () => {
    const lost = { closedOn: "2017-09-01", outcome: "lost" } as const;
    const given = [...deals(5, "influenced", won), ...deals(5, "none", lost)];
    const { metric, figure } = figureOf(given, "influencedWinRate", "ratio");
    expect(metric.tooFew).toBe(false);
    expect(figure).toMatchObject({ value: { undefined: "no_direct_wins" }, benchmark: { stands: null } });
  });
});

describe("sourced, co-sell and influenced", () => {
  it("keeps a co-sell deal that an earlier policy judged, under a model without co-sell", () => {
    const given = [...deals(2, "co_sell", won), ...deals(1, "influenced", won), ...deals(3, "sourced", won)];
    const { metric } = figureOf(given, "threeRoles", "coSellWon");
    expect(Object.fromEntries(metric.figures.map(({ key, value }) => [key, value]))).toEqual({
      sourcedOpen: 0,
      sourcedWon: 300,
      coSellOpen: { undefined: "not_in_model" },
      coSellWon: 200,
      influencedOpen: 0,
      influencedWon: 100,
    });
    expect(metric.headline).toBe("sourcedOpen");
  });
});

describe("the interval of a share of amounts", () => {
  it("is the linearised variance of the ratio of the two sums", () => {
    const given = [...deals(20, "influenced", won), ...deals(80, "none", won)];
    const { figure } = figureOf(given, "influencedWinRate", "shareOfWonRevenue");
    // Equal amounts make it the share of 20 deals in 100: variance 0.2 × 0.8 ÷ 100.
    expect(figure?.value).toBe(0.2);
    expect(figure?.interval?.low).toBeCloseTo(0.2 - 1.959964 * 0.04, 6);
    expect(figure?.interval?.high).toBeCloseTo(0.2 + 1.959964 * 0.04, 6);
  });
});

test("adoption counts closed deals that were confirmed before they closed", () => {
  const given = [
    ...deals(3, "none", { ...won, confirmedBeforeClose: true }),
    ...deals(1, "none", won),
    ...deals(9, "none", { confirmedBeforeClose: true }), // still open
  ];
  const { figure } = figureOf(given, "aeAdoption", "share");
  expect(figure).toMatchObject({ value: 0.75, opens: [{ deals: 3 }, { deals: 4 }] });
});
