import { describe, expect, test } from "vitest";
import { changeOf, intervalText, numberText, reasonText } from "./value-text";

test.each([
  [123_456_789, "money", "USD", "USD 1,234,568"],
  [-49, "money", "USD", "USD 0"],
  [1_234, "money", "JPY", "JPY 1,234"],
  [0.2849, "perUnit", "EUR", "EUR 0.28"],
  [0.1825, "share", "USD", "18.3 %"],
  [-0.0004, "share", "USD", "0.0 %"],
  [-0.125, "share", "USD", "−12.5 %"],
  [2.333, "times", "USD", "2.33 ×"],
  [12, "days", "USD", "12 days"],
  [1, "days", "USD", "1 day"],
  [-12.5, "days", "USD", "−12.5 days"],
  [1042, "deals", "USD", "1,042"],
] as const)("%d %s reads %s", (value, unit, currency, text) => {
  expect(numberText(value, unit, currency)).toBe(text);
});

test("an interval says its unit once", () => {
  expect(intervalText({ low: 0.121, high: 0.25 }, "share", "USD")).toBe("12.1 – 25.0 %");
  expect(intervalText({ low: -3, high: 18.5 }, "days", "USD")).toBe("−3 – 18.5 days");
  expect(intervalText({ low: 0.1, high: 0.42 }, "perUnit", "USD")).toBe("USD 0.10 – 0.42");
  expect(intervalText({ low: 100_00, high: 42_000_00 }, "money", "USD")).toBe("USD 100 – 42,000");
});

describe("change", () => {
  test.each([
    [150, 100, "money", "+50.0 %", "up"],
    [50, 100, "money", "−50.0 %", "down"],
    [100, 100, "money", "0.0 %", "level"],
    [0.2, 0.15, "share", "+5.0 pts", "up"],
    [0.15, 0.2, "share", "−5.0 pts", "down"],
    [-4, 6, "days", "−10 days", "down"],
    [7, 6, "days", "+1 day", "up"],
    [2.5, 2, "times", "+0.50 ×", "up"],
    [0.3, 0.4, "perUnit", "−25.0 %", "down"],
  ] as const)("%d after %d in %s is %s", (value, earlier, unit, text, direction) => {
    expect(changeOf(value, earlier, unit)).toEqual({ text, direction });
  });

  test("is none where a side is undefined or a percentage has no base", () => {
    expect(changeOf(5, { undefined: "no_pipeline" }, "money")).toBeNull();
    expect(changeOf({ undefined: "no_pipeline" }, 5, "share")).toBeNull();
    expect(changeOf(5, 0, "money")).toBeNull();
    expect(changeOf(0, 0, "money")).toBeNull();
  });
});

test("a reason names what is missing", () => {
  expect(reasonText({ undefined: "no_closed" })).toBe("No deal was closed in the quarter.");
  expect(reasonText({ undefined: "missing_rate", detail: "no rate from EUR" })).toContain(
    "no rate from EUR.",
  );
});
