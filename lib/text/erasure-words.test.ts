import { expect, test } from "vitest";
import { goneWords, keptWords } from "./erasure-words";

test("what goes is told by what people call it, the rest as a number, and what follows deals not at all", () => {
  expect(
    goneWords([
      { table: "deals", rows: 3 },
      { table: "judged_deals", rows: 3 },
      { table: "role_rows", rows: 1 },
      { table: "saved_views", rows: 1 },
      { table: "mappings", rows: 1 },
    ]),
  ).toBe("3 deals, 1 role and 2 other records");
});

test("what stays is told with its reason, a sentence for all of one reason", () => {
  const sealed = [
    { rows: 2, why: "sealed" },
    { rows: 1, why: "sealed" },
    { rows: 1, why: "signed" },
  ] as const;
  expect(keptWords(sealed)).toEqual([
    "3 records of frozen quarters: a seal proves, word for word, what finance signed",
    "1 signature or signed document: they say who answered for it",
  ]);
});
