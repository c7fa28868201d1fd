import { expect, test } from "vitest";
import { onPaper } from "./print-head";

test.each([
  [306, 306, "306 deals"],
  [1, 1, "1 deal"],
  [100, 306, "the first 100 of 306 deals"],
  [1400, 1400, "the first 1,000 of 1,400 deals"],
  [100, null, "the first 100 deals; there are more"],
])("of %s rows, of %s there are", (rows, total, says) => {
  expect(onPaper({ noun: "deal", rows, total })).toBe(says);
});
