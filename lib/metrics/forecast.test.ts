import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quarterOf } from "../calendar";
import { cellsOf, closeOf, type ForecastDeal, sumOf, treatmentOf, UNDATED, weigh } from "./forecast";
import { type Left, movesBetween } from "./forecast-moves";

const YEAR = { firstMonth: 2, namedBy: "end", endsOn: "month_end" } as const;
const RATES = { quarter: "2026-Q2", reporting: "USD", perUnit: { EUR: "1.0835", JPY: "0.0067" } };
const PROBABILITIES = [0, 10, 20, 40, 60, 80, 90];

const day = fc.integer({ min: 0, max: 500 }).map((at) => {
  const month = 1 + (at % 12);
  return `202${6 + (at % 3)}-${String(month).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`;
});
const deal = (id: string): fc.Arbitrary<ForecastDeal> =>
  fc.record({
    id: fc.constant(id),
    account: fc.constant("Larkfield"),
    owner: fc.constant("Ana Ruiz"),
    amount: fc.integer({ min: 0, max: 9_999_999 }),
    currency: fc.constantFrom("USD", "EUR", "JPY"),
    stage: fc.integer({ min: 0, max: 6 }),
    expectedCloseOn: fc.option(day),
    treatment: fc.constantFrom("commit", "commit", "commit", "context"),
  });
const IDS = ["D-1", "D-2", "D-3", "D-4", "D-5", "D-6"];
const probabilities = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 7, maxLength: 7 })
  .map((all) => all.toSorted((a, b) => a - b));
const week = fc.record({
  deals: fc.subarray(IDS).chain((ids) => fc.tuple(...ids.map(deal))),
  probabilities,
  rate: fc.integer({ min: 1, max: 3_000_000 }).map((n) => `${(n / 1_000_000).toFixed(6)}`),
});
const weighed = ({ deals, probabilities: p, rate }: typeof week extends fc.Arbitrary<infer T> ? T : never) =>
  deals.map((one) =>
    weigh(one, { probabilities: p, rates: { ...RATES, perUnit: { ...RATES.perUnit, EUR: rate } } }),
  );

describe("a deal", () => {
  test.each([
    ["open", "sourced", "commit"],
    ["open", "co_sell", "context"],
    ["open", "influenced", "left_out"],
    ["open", "influence", "left_out"],
    ["open", "assisted", "left_out"],
    ["open", "none", "direct"],
    ["open", "attached", "direct"],
    ["won", "sourced", "closed"],
    ["lost", "co_sell", "closed"],
  ] as const)("that is %s and %s is %s", (state, outcome, treatment) => {
    expect(treatmentOf(state, outcome)).toBe(treatment);
  });

  test.each([
    [{ amount: 1_000_001, currency: "USD", stage: 2 }, 1_000_001, 200_000],
    // Half a cent is rounded up.
    [{ amount: 25, currency: "USD", stage: 1 }, 25, 3],
    [{ amount: 24, currency: "USD", stage: 1 }, 24, 2],
    [{ amount: 100_000, currency: "EUR", stage: 5 }, 108_350, 86_680],
    // A yen has no cents: 0.67 dollars for a hundred.
    [{ amount: 100, currency: "JPY", stage: 3 }, 67, 27],
    [{ amount: 900, currency: "USD", stage: 0 }, 900, 0],
  ])("of %j comes to %d, at its probability %d", (of, converted, weighted) => {
    const one = { id: "D", account: null, owner: "A", expectedCloseOn: null, treatment: "commit" as const };
    expect(weigh({ ...one, ...of }, { probabilities: PROBABILITIES, rates: RATES })).toMatchObject({
      converted,
      weighted,
    });
  });

  test("in a currency without a rate is refused by its name", () => {
    const one = { id: "D", account: null, owner: "A", expectedCloseOn: null, treatment: "commit" as const };
    const pounds = { ...one, amount: 1, currency: "GBP", stage: 1 };
    expect(() => weigh(pounds, { probabilities: PROBABILITIES, rates: RATES })).toThrow(/GBP/);
  });
});

test("the cells of a forecast add up to it, and each to exactly its deals", () => {
  fc.assert(
    fc.property(week, (one) => {
      const deals = weighed(one);
      const cells = cellsOf(deals, YEAR);
      const all = sumOf(deals);
      for (const figure of ["deals", "amount", "weighted"] as const)
        expect(cells.reduce((sum, cell) => sum + cell[figure], 0)).toBe(all[figure]);
      for (const { stage, close, ...sum } of cells)
        expect(sumOf(deals.filter((d) => d.stage === stage && closeOf(d, YEAR) === close))).toEqual(sum);
    }),
  );
});

describe("between two weeks", () => {
  const left: readonly Left[] = IDS.map((id, at) => ({
    id,
    why: (["won", "lost", "not_sourced", "gone"] as const)[at % 4]!,
    on: at % 4 < 2 ? "2026-05-05" : null,
  }));

  test("the first commit and every move come to the second exactly, of each quarter and of all", () => {
    fc.assert(
      fc.property(week, week, (first, second) => {
        const [before, after] = [weighed(first), weighed(second)];
        const closes = new Set([...before, ...after].map((one) => closeOf(one, YEAR)));
        for (const close of [null, UNDATED, ...closes]) {
          const moves = movesBetween({ before, after, left, year: YEAR, close });
          const commit = (deals: typeof before) =>
            sumOf(
              deals.filter(
                (one) => one.treatment === "commit" && (close === null || closeOf(one, YEAR) === close),
              ),
            ).weighted;
          const moved = moves.reduce((sum, { delta }) => sum + delta, 0);
          expect(commit(before) + moved).toBe(commit(after));
          expect(new Set(moves.map(({ id }) => id)).size).toBe(moves.length);
        }
      }),
    );
  });

  test("a deal without a move has the same amount, stage, day, probability and rate in both", () => {
    fc.assert(
      fc.property(week, week, (first, second) => {
        const [before, after] = [weighed(first), weighed(second)];
        const moved = new Set(
          movesBetween({ before, after, left, year: YEAR, close: null }).map(({ id }) => id),
        );
        for (const was of before) {
          if (moved.has(was.id) || was.treatment !== "commit") continue;
          expect(after.find(({ id }) => id === was.id)).toEqual(was);
        }
      }),
    );
  });

  const base: ForecastDeal = {
    ...{ id: "D", account: "L", owner: "A", amount: 1_000, currency: "USD", stage: 2 },
    ...{ expectedCloseOn: "2026-05-30", treatment: "commit" },
  };
  const one = (changes: Partial<ForecastDeal> = {}, at = PROBABILITIES) =>
    weigh({ ...base, ...changes }, { probabilities: at, rates: RATES });
  test.each([
    ["added", [], [one()], 200, []],
    ["pulled_in", [one({ expectedCloseOn: "2026-09-01" })], [one()], 200, ["close_day"]],
    ["pulled_in", [one({ expectedCloseOn: null })], [one()], 200, ["close_day"]],
    ["pushed_out", [one()], [one({ expectedCloseOn: "2026-09-01" })], -200, ["close_day"]],
    ["pushed_out", [one()], [one({ expectedCloseOn: null })], -200, ["close_day"]],
    ["changed", [one()], [one({ expectedCloseOn: "2026-05-31" })], 0, ["close_day"]],
    ["changed", [one()], [one({ amount: 2_000, stage: 3 })], 600, ["amount", "stage"]],
    ["changed", [one()], [one({}, [0, 10, 25, 40, 60, 80, 90])], 50, ["probability"]],
    ["gone", [one()], [], -200, []],
    // Its outcome is co-sell now: it left the commit, and stays in the forecast's context.
    ["not_sourced", [one()], [one({ treatment: "context" })], -200, []],
  ] as const)("%s: %j to %j", (kind, before, after, delta, because) => {
    const gone: Left[] = kind === "not_sourced" ? [{ id: "D", why: kind, on: null }] : [];
    const close = quarterOf("2026-05-30", YEAR).label;
    const moves = movesBetween({ before, after, left: gone, year: YEAR, close });
    expect(moves).toMatchObject([{ kind, delta }]);
    expect(moves[0]!.because.map(({ what }) => what)).toEqual(because);
  });

  test.each(["won", "lost"] as const)("%s with the day of its close", (why) => {
    const gone = [{ id: "D", why, on: "2026-05-12" }];
    expect(movesBetween({ before: [one()], after: [], left: gone, year: YEAR, close: null })).toMatchObject([
      { kind: why, delta: -200, left: { on: "2026-05-12" } },
    ]);
  });
});
