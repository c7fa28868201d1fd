import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isCredited } from "../attribution/models";
import { DEAL_OUTCOMES, DEAL_TYPES, GRADES } from "../attribution/vocabulary";
import { addDays, parseQuarter } from "../calendar";
import { approximate, type Exact, exact, exactValue, less, plus, printed, ZERO } from "./exact";
import type { JudgedDeal } from "./judged-deal";
import { type Course, type FigureOf, MOVED_FIGURES, moved } from "./moved";
import type { Counting } from "./quarter-input";
import { type MetricKey, metricOf, quarterNumbers, sheetsOf } from "./quarter-numbers";

const quarter = parseQuarter("2026-Q2");
const FIGURES = MOVED_FIGURES.map((name) => {
  const [metric, figure] = name.split(".") as [MetricKey, string];
  return { metric, figure };
});

const deal = (overrides: Partial<JudgedDeal> & { id: string }): JudgedDeal => ({
  ...{ owner: "Ann", amount: 1_000_00, currency: "USD", type: "new", route: "direct" },
  ...{ createdOn: "2026-04-10", closedOn: null, outcome: "open", attribution: "none", evidence: null },
  confirmedBeforeClose: false,
  ...overrides,
});
const sourced = { attribution: "sourced", evidence: "stated" } as const;
const influenced = { attribution: "influenced", evidence: "stated" } as const;

const counting = (overrides: Partial<Counting> = {}): Counting => ({
  costs: [
    { quarter: "2026-Q2", side: "partner_program", category: "travel", amount: 500_00, currency: "USD" },
  ],
  rates: { quarter: "2026-Q2", reporting: "USD", perUnit: { EUR: "1.1" } },
  policy: { model: "two_bucket", costDenominator: "attributed" },
  ...overrides,
});

/** A deal that stood as it is until a step made it something else. */
function course(id: string, steps: Partial<Course>): Course {
  const before = steps.before ?? null;
  const underPolicy = steps.underPolicy === undefined ? before : steps.underPolicy;
  const inTime = steps.inTime === undefined ? underPolicy : steps.inTime;
  const after = steps.after === undefined ? inTime : steps.after;
  return { id, cause: steps.cause ?? "changed_facts", before, underPolicy, inTime, after };
}

const told = (of: FigureOf, courses: Course[], from = counting(), to = counting()) => {
  const { parts, ...ends } = moved(of, quarter, courses, from, to);
  const end = (value: typeof ends.from) => ("over" in value ? printed(value) : value.undefined);
  return {
    from: end(ends.from),
    to: end(ends.to),
    parts: parts.map(({ cause, amount, deals }) => [cause, printed(amount), deals.join()]),
  };
};

describe("why a number moved", () => {
  const pipeline = { metric: "sourcedPipeline", figure: "amount" } as const;
  const rate = { metric: "influencedWinRate", figure: "rate" } as const;
  const win = { closedOn: "2026-05-02", outcome: "won" } as const;
  const loss = { closedOn: "2026-05-02", outcome: "lost" } as const;
  const old = deal({ id: "D-1", ...sourced });

  test.each([
    [
      "a new deal",
      [course("D-2", { cause: "new_deals", after: deal({ id: "D-2", ...sourced }) })],
      "new_deals",
    ],
    [
      "the policy",
      [course("D-2", { before: deal({ id: "D-2" }), underPolicy: deal({ id: "D-2", ...sourced }) })],
      "policy",
    ],
    [
      "a day that came",
      [course("D-2", { before: deal({ id: "D-2" }), inTime: deal({ id: "D-2", ...sourced }) })],
      "time_passing",
    ],
    [
      "a changed fact",
      [course("D-2", { before: deal({ id: "D-2" }), after: deal({ id: "D-2", ...sourced }) })],
      "changed_facts",
    ],
  ] as const)("%s", (_, courses, cause) => {
    const all = [course("D-1", { before: old }), ...courses];
    expect(told(pipeline, all)).toEqual({ from: 1_000_00, to: 2_000_00, parts: [[cause, 1_000_00, "D-2"]] });
  });

  it("takes closes apart from the rest, as exact fractions of a rate", () => {
    const open = (id: string) => deal({ id, ...influenced });
    const all = [
      course("D-1", { before: { ...open("D-1"), ...win } }),
      course("D-2", {
        before: { ...open("D-2"), ...loss },
        cause: "corrections",
        after: { ...open("D-2"), ...win },
      }),
      course("D-3", { before: open("D-3"), cause: "closed_deals", after: { ...open("D-3"), ...loss } }),
    ];
    expect(told(rate, all)).toEqual({
      from: "1/2",
      to: "2/3",
      parts: [
        ["corrections", "1/2", "D-2"],
        ["closed_deals", "-1/3", "D-3"],
      ],
    });
  });

  it("tells rates, costs and the policy's own denominator", () => {
    const euros = { ...deal({ id: "D-1", ...sourced, ...win }), currency: "EUR" };
    const all = [course("D-1", { before: euros })];
    const to = counting({
      costs: [
        { quarter: "2026-Q2", side: "partner_program", category: "travel", amount: 600_00, currency: "USD" },
      ],
      rates: { quarter: "2026-Q2", reporting: "USD", perUnit: { EUR: "1.2" } },
    });
    expect(told(pipeline, all, counting(), to).parts).toEqual([["rates", 100_00, "D-1"]]);
    expect(told({ metric: "costPerPartnerDollar", figure: "perAttributed" }, all, counting(), to)).toEqual({
      from: "5/11",
      to: "1/2",
      parts: [
        ["rates", "-5/132", "D-1"],
        ["costs", "1/12", ""],
      ],
    });
  });

  it("leaves out what an end that does not exist cannot be held against", () => {
    const closed = deal({ id: "D-1", ...influenced, ...win });
    expect(
      told(rate, [course("D-1", { cause: "closed_deals", before: deal({ id: "D-1" }), after: closed })]),
    ).toEqual({ from: "no_influenced_closed", to: 1, parts: [] });
  });

  it("gives what a step without a number changed to the next that has one", () => {
    const one = deal({ id: "D-1", ...influenced, ...win });
    const two = deal({ id: "D-2", ...influenced, ...loss });
    const all = [
      course("D-1", { cause: "corrections", before: one, after: deal({ id: "D-1" }) }),
      course("D-2", { cause: "new_deals", after: two }),
    ];
    expect(told(rate, all)).toEqual({ from: 1, to: 0, parts: [["new_deals", -1, "D-2"]] });
  });

  it("counts a rate that is gone and comes back once", () => {
    const without = counting({ rates: { quarter: "2026-Q2", reporting: "USD", perUnit: {} } });
    const euros = { ...deal({ id: "D-1", ...sourced }), currency: "EUR" };
    const all = [course("D-1", { before: euros, after: null }), course("D-2", { before: old })];
    expect(told(pipeline, all, without, without)).toMatchObject({ from: "missing_rate", to: 1_000_00 });
  });
});

const judged = (id: string) =>
  fc
    .record({
      amount: fc.integer({ min: 0, max: 40_000_000 }),
      currency: fc.constantFrom("USD", "EUR"),
      type: fc.constantFrom(...DEAL_TYPES),
      created: fc.integer({ min: -60, max: 100 }),
      days: fc.integer({ min: -3, max: 90 }),
      outcome: fc.constantFrom(...DEAL_OUTCOMES, "won" as const),
      attribution: fc.constantFrom("sourced" as const, "influenced" as const, "none" as const),
      grade: fc.constantFrom(...GRADES),
    })
    .map(({ created, days, grade, ...row }): JudgedDeal => {
      const createdOn = addDays(quarter.from, created);
      return {
        ...{ ...row, id, owner: "Ann", route: "direct", createdOn, confirmedBeforeClose: false },
        closedOn: row.outcome === "open" ? null : addDays(createdOn, days),
        evidence: isCredited(row.attribution) ? grade : null,
      };
    });

/** Deals that were, came, went and changed, some at every step. */
const histories = fc.array(fc.nat({ max: 15 }), { maxLength: 14 }).chain((shapes) =>
  fc.tuple(
    ...shapes.map((shape, at) => {
      const one = judged(`D-${at}`);
      const absent = fc.constant(null);
      return fc
        .tuple(shape & 1 ? one : absent, one, one, shape & 2 ? one : absent, fc.nat({ max: 3 }))
        .map(([before, policy, time, after, pick]): Course => {
          const underPolicy = before && (shape & 4 ? policy : before);
          const inTime = underPolicy && (shape & 8 ? time : underPolicy);
          const cause = (["corrections", "new_deals", "closed_deals", "changed_facts"] as const)[pick]!;
          return { id: `D-${at}`, cause, before, underPolicy, inTime, after };
        });
    }),
  ),
);
const countings = fc
  .record({
    amount: fc.integer({ min: 1, max: 90_000_000 }),
    rate: fc.constantFrom("1.0835", "0.91", "1"),
    denominator: fc.constantFrom("attributed" as const, "sourced" as const),
  })
  .map(({ amount, rate, denominator }) =>
    counting({
      costs: [
        { quarter: "2026-Q2", side: "partner_program", category: "travel", amount, currency: "USD" },
        { quarter: "2026-Q2", side: "direct_sales", category: "all", amount: amount * 2, currency: "EUR" },
      ],
      rates: { quarter: "2026-Q2", reporting: "USD", perUnit: { EUR: rate } },
      policy: { model: "two_bucket", costDenominator: denominator },
    }),
  );

/** The plain computation over the deals of one end. */
function endOf(courses: readonly Course[], step: "before" | "after", counted: Counting) {
  const input = { ...counted, deals: courses.flatMap((one) => one[step] ?? []) };
  const numbers = quarterNumbers(input, quarter) as unknown as Record<string, Record<string, unknown>>;
  return { sheets: sheetsOf(input, quarter), numbers };
}

const sum = (parts: readonly { amount: Exact }[]) =>
  parts.reduce((all, { amount }) => plus(all, amount), ZERO);

/** What `expect` says, a hundred thousand times as fast as it says it. */
function mustEqual(one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other);
}

describe("of a thousand random histories, a third of the figures each", () => {
  it("adds up exactly, and has the plain computation at both ends", () => {
    let defined = 0;
    fc.assert(
      fc.property(histories, countings, countings, fc.nat({ max: 2 }), (courses, from, to, third) => {
        const ends = { from: endOf(courses, "before", from), to: endOf(courses, "after", to) };
        for (const of of FIGURES.filter((_, at) => at % 3 === third)) {
          const found = moved(of, quarter, courses as Course[], from, to);
          for (const end of ["from", "to"] as const) {
            const { sheets, numbers } = ends[end];
            const value = found[end];
            const plain = numbers[of.metric]![of.figure];
            mustEqual(value, exactValue(metricOf(of.metric).figures[of.figure]!, sheets(of.metric)));
            if (!("over" in value)) mustEqual(value, plain);
            else if (Math.abs(approximate(value) - (plain as number)) > 1e-9 * Math.abs(plain as number))
              throw new Error(`${of.figure}: ${printed(value)} is not ${plain}`);
          }
          if (!("over" in found.from && "over" in found.to)) continue;
          defined++;
          mustEqual(sum(found.parts), less(found.to, found.from));
          for (const { amount, each } of found.parts) if (each?.length) mustEqual(sum(each), amount);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(defined).toBeGreaterThan(3_000);
  }, 120_000);
});

describe("an exact number", () => {
  test.each([
    [exact(6n, 16n), "3/8"],
    [exact(-4n, 2n), -2],
    [exact(3n, -6n), "-1/2"],
    [ZERO, 0],
  ])("%o is printed %s", (value, text) => expect(printed(value)).toBe(text));
});
