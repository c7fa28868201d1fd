import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactly, type Found, matching, saidBy } from "./combo-match";

const NAMES = ["Hallmark", "Vela", "Velvet Cloud", "Été Conseil", "Cloud Nine"];
const ITEMS: Found[] = NAMES.map((name, at) => ({ id: `P-${at}`, name }));
const DEALS: Found[] = [
  { id: "D-1", name: "Acme", also: ["D-1"] },
  { id: "D-2", name: "Acme", also: ["D-2"] },
];
const names = (found: readonly Found[]) => found.map(({ name }) => name);

test("what is not listed is found by its name, and not unasked", () => {
  const items: Found[] = [...ITEMS, { id: "P-9", name: "Veldt", unlisted: true }];
  expect(names(matching(items, " "))).toEqual(NAMES);
  expect(names(matching(items, "vel"))).toEqual(["Vela", "Velvet Cloud", "Veldt"]);
  expect(saidBy(items, "veldt")?.id).toBe("P-9");
});

describe("who answers to a text", () => {
  test.each([
    ["", NAMES],
    ["   ", NAMES],
    ["vel", ["Vela", "Velvet Cloud"]],
    ["vela", ["Vela"]],
    ["CLOUD", ["Cloud Nine", "Velvet Cloud"]],
    ["all", ["Hallmark"]],
    ["ete", ["Été Conseil"]],
    ["  velvet   cloud ", ["Velvet Cloud"]],
    ["xyz", []],
  ])("“%s”", (text, found) => {
    expect(names(matching(ITEMS, text))).toEqual(found);
  });
});

describe("whom a text says", () => {
  test.each([
    ["vela", "Vela"],
    ["Vela ", "Vela"],
    ["hall", "Hallmark"],
    ["été conseil", "Été Conseil"],
    ["vel", null],
    ["cloud", null],
    ["", null],
    ["xyz", null],
  ])("“%s”", (text, said) => {
    expect(saidBy(ITEMS, text)?.name ?? null).toBe(said);
  });

  test("a name that two have says neither; what else one answers to does", () => {
    expect([saidBy(DEALS, "acme"), exactly(DEALS, "acme").length]).toEqual([null, 2]);
    expect(saidBy(DEALS, "d-2")?.id).toBe("D-2");
  });
});

const anItem = fc.record({ id: fc.uuid(), name: fc.string({ minLength: 1, maxLength: 12 }) });

test("what is said is always among what answers, and nothing answers that was not given", () => {
  fc.assert(
    fc.property(fc.array(anItem, { maxLength: 8 }), fc.string({ maxLength: 6 }), (items, text) => {
      const found = matching(items, text);
      for (const one of found) expect(items).toContain(one);
      const said = saidBy(items, text);
      if (!said) return;
      expect(found).toContain(said);
      expect(Math.min(exactly(items, text).length || Number.POSITIVE_INFINITY, found.length)).toBe(1);
    }),
  );
});
