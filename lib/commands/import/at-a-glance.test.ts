import fc from "fast-check";
import { expect, test } from "vitest";
import { isRefusal } from "@/lib/errors";
import { parseInput } from "../parse";
import { bodyOf } from "../verb";
import { importBatch } from "./import-batch";

const { input, fits } = bodyOf(importBatch);

const odd = fc.constantFrom<unknown>(null, undefined, 0, -1, 1.5, "", "x", [], {}, Number.NaN, true);
const values = fc.oneof(
  fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("id", "__proto__", "constructor")), fc.string()),
  fc.dictionary(fc.string(), fc.oneof({ weight: 5, arbitrary: fc.string() }, { weight: 1, arbitrary: odd })),
  odd,
);
const row = fc.oneof(
  fc.record({ line: fc.integer({ min: 1 }), values: fc.dictionary(fc.string(), fc.string()) }),
  fc.record({ line: fc.oneof(fc.integer(), odd), values, more: odd }, { requiredKeys: ["values"] }),
  odd,
);
const inputs = fc.record(
  {
    kind: fc.constantFrom("deals", "roles", "friends"),
    rows: fc.oneof(fc.array(row, { maxLength: 4 }), odd),
    replace: fc.oneof(fc.boolean(), odd),
    file: fc.oneof(fc.record({ name: fc.string(), more: odd }, { requiredKeys: ["name"] }), odd),
    more: odd,
  },
  { requiredKeys: ["kind", "rows"] },
);

/** What comes of it: the input as it is run with, or what it is refused for. */
function came(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    if (isRefusal(error)) return error.toJSON();
    throw error;
  }
}

test("rows that are taken at a glance are those that a close look takes, and nothing is refused in other words", () => {
  let taken = 0;
  fc.assert(
    fc.property(inputs, (given) => {
      const closely = came(() => parseInput(input, given, "rows"));
      const found = came(() => fits?.(given) ?? null);
      if (found === null) return;
      taken++;
      expect(found).toEqual(closely);
    }),
    { numRuns: 3_000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test("a row that names more than a row has, holds no text or stands nowhere is looked at closely, as are too many", () => {
  const fine = { line: 2, values: { id: "D-1" } };
  const take = (...rows: unknown[]) => fits?.({ kind: "deals", rows });
  expect(take(fine)).toEqual({ kind: "deals", rows: [fine] });
  for (const wrong of [
    { ...fine, id: "D-1" },
    { ...fine, values: { id: 1 } },
    { ...fine, line: 0 },
    { ...fine, values: JSON.parse('{"__proto__":"x"}') },
  ])
    expect(take(fine, wrong), JSON.stringify(wrong)).toBeNull();
  expect(take(...Array.from({ length: 10_001 }, () => fine))).toBeNull();
});
