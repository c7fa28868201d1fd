import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical";
import { PRESETS } from "./policy";

describe("canonicalJson", () => {
  it.each<[string, unknown, string]>([
    [
      "the example of RFC 8785 §3.2.2",
      {
        numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
        literals: [null, true, false],
      },
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ],
    [
      "keys by UTF-16 code unit",
      { "\ufb33": 1, "\ud83d\ude00": 2, "\u20ac": 3, "1": 4 },
      '{"1":4,"€":3,"😀":2,"\ufb33":1}',
    ],
    ["minus zero", -0, "0"],
    ["members that are undefined", { b: undefined, a: 1 }, '{"a":1}'],
  ])("writes %s", (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    ["\ud800"],
    [undefined],
    [[undefined]],
    [new Date(0)],
    [1n],
  ])("refuses %s", (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it("gives one text for a document, whatever the order of its keys", () => {
    const reversed = Object.fromEntries(Object.entries(PRESETS.lanes).reverse());
    expect(canonicalJson(reversed)).toBe(canonicalJson(PRESETS.lanes));
  });

  it("is JSON that says the same", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
