import { describe, expect, it } from "vitest";
import { dayNumber } from "../calendar";
import { NEVER } from "./columns";
import { splitCredit } from "./credit";
import { OUTCOMES, type Outcome } from "./vocabulary";

/** What partners of that first day, in order of id, get under the outcome. */
function split(amount: number, days: (string | null)[], outcome: Outcome = "sourced"): number[] {
  const firstDays = days.map((day) => (day === null ? NEVER : dayNumber(day)));
  const outcomes = days.map(() => OUTCOMES.indexOf(outcome));
  const credit: number[] = [];
  splitCredit(amount, { first: 0, end: days.length, outcomes, firstDays }, credit);
  return credit;
}

describe("splitCredit", () => {
  it.each([
    ["the earliest", 10, ["2026-02-01", "2026-01-01", "2026-03-01"], [3, 4, 3]],
    ["the first by id on one day", 11, ["2026-01-01", "2026-01-01", "2026-01-01"], [4, 4, 3]],
    ["whoever has a day at all", 3, [null, "2026-01-01"], [1, 2]],
    ["nobody when it divides", 4, [null, null], [2, 2]],
    ["the earliest, of less than one unit each", 1, ["2026-02-01", "2026-01-01"], [0, 1]],
  ])("gives odd units to %s", (_, amount, days, lines) => {
    expect(split(amount, days)).toEqual(lines);
  });

  it.each(["attached", "disputed", "none"] as const)("gives nothing to %s", (outcome) => {
    expect(split(100, [null, "2026-01-01"], outcome)).toEqual([0, 0]);
  });
});
