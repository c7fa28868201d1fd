import { describe, expect, it, test } from "vitest";
import { confirmedVerdict, differenceText, placeboText, spanText, standOf, verdict } from "./lift-words";
import type { Compared } from "./matched";

const compared = (low: number | null, high: number | null, deals = 40): Compared => ({
  with: { deals, value: 0.5 },
  without: { deals: 60, value: 0.4 },
  difference: low === null || high === null ? { undefined: "no_matched_deals" } : (low + high) / 2,
  ...{ low, high, placebo: 0.2 },
});
const MORE = compared(0.02, 0.2);
const LESS = compared(-0.2, -0.02);
const LEVEL = compared(-0.1, 0.1);
const FEW = compared(0.02, 0.2, 4);
const NONE = compared(null, null);

test.each([
  [MORE, "more"],
  [LESS, "less"],
  [LEVEL, "level"],
  [compared(0, 0.2), "level"],
  [FEW, "too_few"],
  [compared(0.02, 0.2, 5), "more"],
  [NONE, "undefined"],
])("stands: %#", (given, stand) => expect(standOf(given)).toBe(stand));

test.each([
  [0.1234, "share", "+12.3 pts"],
  [-0.1234, "share", "−12.3 pts"],
  [0.0001, "share", "0.0 pts"],
  [-9.5, "days", "−9.5 days"],
  [1, "days", "+1 day"],
  [-123_456, "money", "−USD 1,235"],
] as const)("a difference of %d in %s is %s", (value, unit, text) => {
  expect(differenceText(value, unit, "USD")).toBe(text);
});

test("an interval has both signs and its unit once", () => {
  expect(spanText(-0.012, 0.198, "share", "USD")).toBe("−1.2 to +19.8 pts");
  expect(spanText(-20, -1, "days", "USD")).toBe("−20 to −1 day");
  expect(spanText(-100_00, 250_00, "money", "EUR")).toBe("−EUR 100 to +EUR 250");
});

test("a placebo is a share, and never none at all", () => {
  expect([0, 0.004, 0.37].map(placeboText)).toEqual(["under 0.1 %", "0.4 %", "37 %"]);
});

describe("what the two say together", () => {
  it("agrees in a sentence", () => {
    expect(verdict("winRate", { plain: MORE, landmark: MORE })).toBe(
      "From the landmark on, deals with a partner are won more often. By outcome as well.",
    );
    expect(verdict("cycleDays", { plain: LESS, landmark: LESS })).toContain("are won sooner. By outcome");
  });

  it("says where they disagree, and which one to trust", () => {
    expect(verdict("winRate", { plain: MORE, landmark: LEVEL })).toBe(
      "From the landmark on, deals with a partner are not told apart by how often: chance alone would do as much. " +
        "The two disagree: by outcome they are won more often. A partner written down only once a deal looked decided may do that: trust the landmark.",
    );
    expect(verdict("dealSize", { plain: MORE, landmark: LESS })).toContain(
      "are smaller. The two disagree: by outcome they are larger. A partner",
    );
    expect(verdict("dealSize", { plain: LEVEL, landmark: LESS })).toMatch(/not told apart by size\.$/);
  });

  it("tells nothing from too few", () => {
    for (const landmark of [FEW, NONE])
      expect(verdict("winRate", { plain: MORE, landmark })).toBe(
        "From the landmark on there are too few deals to tell.",
      );
    expect(verdict("winRate", { plain: FEW, landmark: MORE })).toMatch(/By outcome there are too few deals/);
  });

  it("names confirmed shares that stand apart", () => {
    expect(confirmedVerdict(0.8, 0.3)).toContain("flatters partners");
    expect(confirmedVerdict(0.3, 0.8)).toContain("hard on partners");
    for (const [won, lost] of [
      [0.5, 0.45],
      [null, 0.4],
      [0.4, null],
    ] as const)
      expect(confirmedVerdict(won, lost)).toBeNull();
  });
});
