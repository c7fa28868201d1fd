import { expect, test } from "vitest";
import { firstDifference } from "./json-difference";

test.each<[string, unknown, unknown, [at: string, kept: string, recomputed: string] | null]>([
  ["the same", { a: [1, { b: null }] }, { a: [1, { b: null }] }, null],
  ["keys in another order", { a: 1, b: 2 }, { b: 2, a: 1 }, null],
  ["a leaf", { a: { b: 1 } }, { a: { b: 2 } }, ["x.a.b", "1", "2"]],
  ["the first leaf in order of keys", { b: 1, a: 1 }, { b: 2, a: 2 }, ["x.a", "1", "2"]],
  ["a key that is gone", { a: 1 }, {}, ["x.a", "1", "absent"]],
  ["a key that came", {}, { a: 1 }, ["x.a", "absent", "1"]],
  ["null is not absent", { a: null }, {}, ["x.a", "null", "absent"]],
  ["an element", [1, 2], [1, 3], ["x.1", "2", "3"]],
  ["a longer list", [1], [1, 2], ["x.1", "absent", "2"]],
  ["a list and an object", [1], { 0: 1 }, ["x", "[1]", '{"0":1}']],
  ["an object and a leaf", { a: 1 }, 1, ["x", '{"a":1}', "1"]],
  ["a leaf and an object", "a", { a: 1 }, ["x", '"a"', '{"a":1}']],
  ["an empty object and null", {}, null, ["x", "{}", "null"]],
])("the first difference: %s", (_, kept, recomputed, expected) => {
  const found = firstDifference("x", kept, recomputed);
  expect(found && [found.at, found.kept, found.recomputed]).toEqual(expected);
});
