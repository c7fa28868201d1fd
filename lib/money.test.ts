import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isRefusal, type Refusal } from "./errors";
import {
  formatMajor,
  formatMoney,
  isRate,
  type NumberStyle,
  PLAIN,
  parseMajor,
  type QuarterRates,
  sumMinor,
  toReporting,
} from "./money";

const amounts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const EUROPEAN: NumberStyle = { decimal: ",", thousands: "." };
const ENGLISH: NumberStyle = { decimal: ".", thousands: "," };
const FRENCH: NumberStyle = { decimal: ",", thousands: " " };
const SWISS: NumberStyle = { decimal: ".", thousands: "'" };

function refusal(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("parseMajor", () => {
  test.each([
    ["1054.00", "USD", PLAIN, 105_400],
    ["1054", "USD", PLAIN, 105_400],
    ["1054.5", "USD", PLAIN, 105_450],
    ["0.07", "USD", PLAIN, 7],
    ["0", "USD", PLAIN, 0],
    ["8.2", "USD", PLAIN, 820],
    ["1054", "JPY", PLAIN, 1054],
    ["1.234", "KWD", PLAIN, 1234],
    ["90071992547409.91", "USD", PLAIN, Number.MAX_SAFE_INTEGER],
    ["1.234.567,89", "EUR", EUROPEAN, 123_456_789],
    ["1234567,89", "EUR", EUROPEAN, 123_456_789],
    ["1,054.00", "USD", ENGLISH, 105_400],
    ["1\u202f054,00", "EUR", FRENCH, 105_400],
    ["1 054", "EUR", FRENCH, 105_400],
    ["1’054.05", "CHF", SWISS, 105_405],
  ])("%s %s", (text, currency, style, minor) => {
    expect(parseMajor(text, currency, style)).toBe(minor);
  });

  test.each([
    ["1054.005", "USD", PLAIN, /at most 2 decimals/],
    ["10.000", "USD", PLAIN, /at most 2 decimals/],
    ["10.5", "JPY", PLAIN, /at most 0 decimals/],
    ["1,054.00", "USD", PLAIN, /written 1054\.00/],
    ["1054,00", "USD", PLAIN, /written 1054\.00/],
    ["12,34.00", "USD", ENGLISH, /written 1,054\.00/],
    ["1,0540.00", "USD", ENGLISH, /written/],
    ["1.054.00", "EUR", EUROPEAN, /written 1\.054,00/],
    ["-5", "USD", PLAIN, /without sign/],
    ["+5", "USD", PLAIN, /without sign/],
    ["$5", "USD", PLAIN, /symbol/],
    ["1e3", "USD", PLAIN, /written/],
    [".5", "USD", PLAIN, /written/],
    ["5.", "USD", PLAIN, /written/],
    ["", "USD", PLAIN, /written/],
    ["NaN", "USD", PLAIN, /written/],
    ["90071992547409.92", "USD", PLAIN, /9,007,199/],
    ["9".repeat(400), "USD", PLAIN, /9,007,199/],
    ["5", "XYZ", PLAIN, /ISO 4217/],
    ["5", "usd", PLAIN, /ISO 4217/],
    ["5", "toString", PLAIN, /ISO 4217/],
    ["5", "USD", { decimal: ".", thousands: "." } as const, /must differ/],
  ])("refuses %j %s", (text, currency, style, rule) => {
    expect(refusal(() => parseMajor(text, currency, style)).rule).toMatch(rule);
  });

  it("names the field and the value as given", () => {
    const { field, value } = refusal(() => parseMajor(" x ", "USD", PLAIN, "costs.amount"));
    expect({ field, value }).toEqual({ field: "costs.amount", value: " x " });
  });

  it("reads back what formatMajor writes, for every number of minor digits", () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom("USD", "JPY", "KWD"), (amount, currency) => {
        expect(parseMajor(formatMajor(amount, currency), currency)).toBe(amount);
        const shown = formatMoney(amount, currency).slice(4);
        expect(parseMajor(shown, currency, ENGLISH)).toBe(amount);
      }),
    );
  });
});

test.each([
  [0, "USD", "USD 0.00"],
  [7, "USD", "USD 0.07"],
  [105_400, "USD", "USD 1,054.00"],
  [-105_400, "USD", "USD −1,054.00"],
  [123_456_789, "JPY", "JPY 123,456,789"],
  [110_200.5, "USD", "USD 1,102.01"],
])("formatMoney(%i, %s)", (amount, currency, text) => {
  expect(formatMoney(amount, currency)).toBe(text);
});

test("formatMajor refuses what would not read back", () => {
  expect(() => formatMajor(0.5, "USD")).toThrow(/whole minor units/);
  expect(() => formatMajor(2 ** 53, "USD")).toThrow(/2\^53/);
  expect(formatMajor(-7, "USD")).toBe("-0.07");
});

describe("toReporting", () => {
  const rates: QuarterRates = {
    quarter: "2017-Q3",
    reporting: "USD",
    perUnit: { EUR: "1.0835", JPY: "0.0091", KWD: "3.3", GBP: "0", CHF: "1,1" },
  };

  test.each([
    [10_000, "EUR", 10_835],
    [1, "EUR", 1],
    [100, "EUR", 108], // 108.35
    [1000, "EUR", 1084], // 1083.5, half up
    [1_000_000, "JPY", 910_000], // 9,100.00
    [1, "JPY", 1], // 0.91
    [1000, "KWD", 330], // one dinar has three minor digits
    [12_345, "USD", 12_345],
  ])("%i %s", (amount, currency, expected) => {
    expect(toReporting(amount, currency, rates)).toBe(expected);
  });

  it("names the quarter and the currency of a missing rate", () => {
    const { field, rule } = refusal(() => toReporting(1, "SEK", rates));
    expect(field).toBe("rates.2017-Q3.SEK");
    expect(rule).toBe("no rate from SEK to USD is stored for 2017-Q3");
  });

  test.each([
    [1, "GBP", /above 0/],
    [1, "CHF", /above 0/],
    [-1, "EUR", /whole minor units/],
    [0.5, "USD", /whole minor units/],
    [Number.MAX_SAFE_INTEGER, "EUR", /beyond/],
  ])("refuses %d %s", (amount, currency, rule) => {
    expect(refusal(() => toReporting(amount, currency, rates)).rule).toMatch(rule);
  });

  it("is exact: the result is within half a minor unit of the true quotient", () => {
    const rate = fc
      .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 999_999 }))
      .map(([whole, part]) => `${whole}.${String(part).padStart(6, "0")}`);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), rate, (amount, text) => {
        const got = toReporting(amount, "EUR", { ...rates, perUnit: { EUR: text } });
        const exact = BigInt(amount) * BigInt(text.replace(".", "")); // in millionths
        const twiceOff = 2n * (BigInt(got) * 1_000_000n - exact);
        expect(-1_000_000n < twiceOff && twiceOff <= 1_000_000n).toBe(true);
      }),
    );
  });

  test.each(["1", "0.0091", "1234.5", "000.1"])("isRate(%s)", (text) => expect(isRate(text)).toBe(true));
  test.each(["0", "0.000", "-1", "1e3", "1,5", "", ".5", "1.", `1.${"0".repeat(16)}`])(
    "isRate(%j) is false",
    (text) => expect(isRate(text)).toBe(false),
  );
});

test("sumMinor refuses a sum that a number cannot hold exactly", () => {
  expect(sumMinor([1, 2, 3])).toBe(6);
  expect(sumMinor([])).toBe(0);
  expect(() => sumMinor([Number.MAX_SAFE_INTEGER, 1])).toThrow(/2\^53/);
});
