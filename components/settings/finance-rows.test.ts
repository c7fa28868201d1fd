import { expect, test } from "vitest";
import { costRows, totalsOf } from "./finance-rows";

const cost = (quarter: string, category: string, amount: number, currency = "USD") => ({
  quarter,
  side: "partner_program" as const,
  category,
  amount,
  currency,
  demo: false,
  entered: null,
  evidence: null,
  shares: [],
});

test("the usual categories stand first, others after them, each once", () => {
  const rows = costRows(
    "partner_program",
    [cost("2026-Q1", "events", 5), cost("2026-Q1", "travel", 7), cost("2026-Q2", "travel", 9)],
    "USD",
    [{ side: "partner_program", category: "events", currency: "USD" }],
  );
  expect(rows.map(({ category }) => category)).toEqual([
    "headcount",
    "technology",
    "incentives",
    "travel",
    "events",
  ]);
  expect(Object.fromEntries(rows[3]!.amounts)).toEqual({ "2026-Q1": 7, "2026-Q2": 9 });
});

test("currencies are lines and totals of their own, and no cost is no total", () => {
  const rows = costRows(
    "partner_program",
    [cost("2026-Q1", "travel", 7), cost("2026-Q1", "travel", 3, "EUR"), cost("2026-Q1", "events", 5)],
    "USD",
    [],
  );
  expect(new Map(totalsOf(rows, "2026-Q1"))).toEqual(
    new Map([
      ["USD", 12],
      ["EUR", 3],
    ]),
  );
  expect(totalsOf(rows, "2026-Q2")).toEqual([]);
});
