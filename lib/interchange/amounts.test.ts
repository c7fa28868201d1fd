import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMajor } from "@/lib/money";
import { amountOf, decimalOf, NumberFinder, STYLES } from "./amounts";

const ENGLISH = { decimal: ".", thousands: "," } as const;
const GERMAN = { decimal: ",", thousands: "." } as const;
const FRENCH = { decimal: ",", thousands: " " } as const;

describe("an amount's cell", () => {
  test.each([
    ["$12,000.00", "USD", ENGLISH, "12000.00"],
    ["USD 12000", "USD", ENGLISH, "12000.00"],
    ["12000 $", "USD", ENGLISH, "12000.00"],
    ["usd 12,000", "USD", ENGLISH, "12000.00"],
    ["$12,000.00", "CAD", ENGLISH, "12000.00"],
    ["US$ 5", "USD", ENGLISH, "5.00"],
    ["€12000", "EUR", ENGLISH, "12000.00"],
    ["12000 €", "EUR", GERMAN, "12000.00"],
    ["9,13\u00a0€", "EUR", FRENCH, "9.13"],
    ["1\u202f234,50 EUR", "EUR", FRENCH, "1234.50"],
    ["Fr. 1.234,50", "CHF", GERMAN, "1234.50"],
    ["12000.0000", "USD", ENGLISH, "12000.00"],
    ["¥5000.00", "JPY", ENGLISH, "5000"],
    ["250 kr", "SEK", ENGLISH, "250.00"],
  ] as const)("%s of a row in %s is %s", (cell, currency, style, amount) => {
    expect(amountOf("amount", cell, currency, style)).toBe(amount);
  });

  test.each([
    ["€12000", "USD", /€ does not stand for USD/],
    ["EUR 12000", "USD", /EUR does not stand for USD/],
    ["US$ 5", "CAD", /does not stand for CAD/],
    ["~500", "USD", /~ does not stand/],
    ["(500.00)", "USD", /not negative/],
    ["-500", "USD", /not negative/],
    ["-$500", "USD", /not negative/],
    ["+500", "USD", /does not stand/],
    ["1.2E+06", "USD", /written 1,054\.00/],
    ["#REF!", "USD", /written/],
    ["12000.123", "USD", /at most 2 decimals/],
    ["5000.5", "JPY", /at most 0 decimals/],
    ["1,2000.00", "USD", /written 1,054\.00/],
    ["0,083", "USD", /written 1,054\.00/],
  ])("%s of a row in %s is refused", (cell, currency, rule) => {
    expect(() => amountOf("amount", cell, currency, ENGLISH)).toThrow(
      expect.objectContaining({ field: "amount", rule: expect.stringMatching(rule) }),
    );
  });
});

const found = (...texts: string[]) => {
  const finder = new NumberFinder();
  for (const [at, text] of texts.entries()) finder.observe(text, at + 2);
  return finder.settle();
};

describe("finding how a column writes its numbers", () => {
  test.each([
    [["1054", "20"], STYLES[0]],
    [["1.054,50"], GERMAN],
    [["1,054.50"], ENGLISH],
    [["12,500.00", "48000", "abc"], ENGLISH],
    [["$12,000.00", "USD 12000", "12000 $"], ENGLISH],
    [["1,0835"], { decimal: ",", thousands: "" }],
    [["1,083", "0,912"], { decimal: ",", thousands: "" }],
    [["1,234.50", "1,300.00", "1.234,50"], ENGLISH],
    [["(500.00)", "1,054.50"], ENGLISH],
  ])("%j", (texts, style) => expect(found(...texts)).toMatchObject({ at: "found", style }));

  test("a cell with two readings asks, and only where no other settles it", () => {
    expect(found("20", "1.054")).toEqual({
      at: "ambiguous",
      styles: [STYLES[0], GERMAN],
      text: "1.054",
      line: 3,
    });
    expect(found("1.054", "1.054,5")).toMatchObject({ at: "found", style: GERMAN });
  });

  test("what is no number anywhere is said", () => {
    expect(found("", "n/a")).toEqual({ at: "none", text: "n/a", line: 3 });
    expect(found("")).toEqual({ at: "empty" });
  });
});

test("every amount written in each style comes back exactly, with and without a sign", () => {
  const minor = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  const sign = fc.constantFrom("", "$", "USD ", "US$");
  fc.assert(
    fc.property(minor, fc.constantFrom(...STYLES), sign, (amount, style, before) => {
      const plain = formatMajor(amount, "USD");
      const [whole = "", cents = ""] = plain.split(".");
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, style.thousands);
      const cell = `${before}${grouped}${style.decimal}${cents}`;
      expect(amountOf("amount", cell, "USD", style)).toBe(plain);
      expect(Number(decimalOf("rate", `${grouped}${style.decimal}${cents}`, style))).toBe(Number(plain));
    }),
  );
});
