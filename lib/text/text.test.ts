import { describe, expect, test } from "vitest";
import { dayInWords, MONTHS, spanInWords } from "./days";
import { decimal, percent, percentOf, setPercent, thousands } from "./numbers";
import { capital, codeWords, count, list, plural } from "./words";

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [12_400, "12,400"],
  [1_000_000, "1,000,000"],
  ["9007199254740991", "9,007,199,254,740,991"],
  ["12400.50", "12,400.50"],
  ["1.23456789", "1.23456789"],
  ["", ""],
])("thousands(%j) is %s", (digits, text) => expect(thousands(digits)).toBe(text));

test.each([
  [1234.567, 2, "1,234.57"],
  [-1234.5, 1, "−1,234.5"],
  [-0.04, 1, "0.0"],
  [-0.05, 1, "−0.1"],
  [7, 0, "7"],
])("decimal(%d, %d) is %s", (value, decimals, text) => expect(decimal(value, decimals)).toBe(text));

test.each([
  [0.1825, undefined, "18.3 %"],
  [-0.125, 1, "−12.5 %"],
  [0.126, 0, "13 %"],
  [12.5, 1, "1,250.0 %"],
])("percent(%d, %j) is %s", (share, decimals, text) => expect(percent(share, decimals)).toBe(text));

test.each([
  [0.25, "25 %"],
  [0.125, "12.5 %"],
  [0.07, "7 %"], // 0.07 * 100 is 7.000000000000001
  [1, "100 %"],
])("setPercent(%d) is %s", (share, text) => expect(setPercent(share)).toBe(text));

test.each([
  [1, 3, 1, "33.3 %"],
  [0, 3, 0, "0 %"],
  [0, 0, 1, "—"],
])("percentOf(%d, %d, %d) is %s", (part, whole, decimals, text) =>
  expect(percentOf(part, whole, decimals)).toBe(text),
);

describe("a count and its word", () => {
  test.each([
    [0, "0 rows"],
    [1, "1 row"],
    [2, "2 rows"],
    [12_400, "12,400 rows"],
  ])("%d", (number, text) => expect(count(number, "row")).toBe(text));

  test("of a word that is not made with an s", () => {
    expect([0, 1, 2].map((number) => count(number, "entry", "entries"))).toEqual([
      "0 entries",
      "1 entry",
      "2 entries",
    ]);
    expect([1, 2].map((number) => plural(number, "is", "are"))).toEqual(["is", "are"]);
    expect(plural(2, "deal")).toBe("deals");
  });
});

test.each([
  [[], "and", ""],
  [["a"], "and", "a"],
  [["a", "b"], "or", "a or b"],
  [["a", "b", "c"], "and", "a, b and c"],
])("list(%j, %s) is %j", (words, last, text) => expect(list(words, last)).toBe(text));

test.each([
  ["", ""],
  ["role row", "Role row"],
  ["é", "É"],
])("capital(%j) is %j", (text, large) => expect(capital(text)).toBe(large));

test.each([
  ["touchedOn", "touched on"],
  ["created_on", "created on"],
  ["tag-partner", "tag partner"],
  ["amount", "amount"],
])("codeWords(%s) is %s", (code, words) => expect(codeWords(code)).toBe(words));

describe("a day", () => {
  test.each([
    ["2026-03-04", true, "4 Mar 2026"],
    ["2026-12-31", false, "31 Dec"],
    ["0099-05-10", true, "10 May 0099"],
  ])("%s, with its year: %j", (day, withYear, text) => expect(dayInWords(day, withYear)).toBe(text));

  test("has a name for each of the twelve months", () => {
    const days = MONTHS.map((_, at) => dayInWords(`2026-${String(at + 1).padStart(2, "0")}-01`, false));
    expect(new Set(days).size).toBe(12);
  });

  test.each([
    ["2026-01-01", "2026-03-31", "1 Jan – 31 Mar 2026"],
    ["2025-11-01", "2026-01-31", "1 Nov 2025 – 31 Jan 2026"],
  ])("from %s to %s", (from, to, text) => expect(spanInWords({ from, to })).toBe(text));
});
