import { expect, test } from "vitest";
import { inOrder, moved } from "./column-order";
import { HIDEABLE, orderedColumns } from "./deals-columns";

const IDS = ["a", "b", "c", "d"];

test.each<[string[], string[]]>([
  [[], ["a", "b", "c", "d"]],
  [
    ["d", "a"],
    ["d", "a", "b", "c"],
  ],
  // What is not named follows whom it always follows; what nobody knows and what stands twice is left out.
  [
    ["c", "zz", "a", "c"],
    ["c", "d", "a", "b"],
  ],
])("the order %j is read as %j", (order, read) => {
  expect(inOrder(IDS, order)).toEqual(read);
});

test("one goes a place at a time, stops at the ends, and the usual order is said by nothing", () => {
  const once = moved(IDS, [], "c", -1);
  expect(once).toEqual(["a", "c", "b", "d"]);
  expect(moved(IDS, once, "c", -1)).toEqual(["c", "a", "b", "d"]);
  expect(moved(IDS, ["d", "c", "b", "a"], "d", -1)).toEqual(["d", "c", "b", "a"]);
  expect(moved(IDS, once, "c", 1)).toEqual([]);
});

const idsOf = (order: string[]) =>
  orderedColumns(order).map((one) => one.id ?? ("accessorKey" in one ? one.accessorKey : ""));

test("the list stands in that order, the tick and the deal before all", () => {
  const usual = idsOf([]);
  const mine = idsOf(["status", "glyph", "amount"]);
  expect(mine.slice(0, 3)).toEqual(["select", "glyph", "account"]);
  expect(mine.indexOf("status")).toBeLessThan(mine.indexOf("amount"));
  expect(new Set(idsOf(["status", "owner"]))).toEqual(new Set(usual));
  expect(HIDEABLE.every(({ id }) => usual.includes(id))).toBe(true);
});
