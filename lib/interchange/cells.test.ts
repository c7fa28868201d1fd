import fc from "fast-check";
import { expect, test } from "vitest";
import { isRefusal } from "@/lib/errors";
import { cell } from "./cells";

/** Cells as files hold them: plain words, and what must be looked at closely, alone and inside others. */
const texts = fc
  .array(
    fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom(" ", "\t", "\u00a0", "\u200b", "\u2060", "\0", "\u202e", "\u2069", "\ud800", "é", "a"),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(""));

/** What a cell comes to, rule by rule and in their order, with nothing passed over. */
function closely(given: string): string {
  const text = given.trim();
  if (text.includes("\0") || !text.isWellFormed()) return "refused: holds a character that cannot be stored";
  if (/[\u202a-\u202e\u2066-\u2069]/.test(text))
    return "refused: holds a character that turns the writing around it";
  return /^[\p{Cf}\s]*$/u.test(text) ? "" : text;
}

function read(given: string): string | undefined {
  try {
    return cell({ name: given }, "name");
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `refused: ${error.rule}`;
  }
}

test("a cell that is read at a glance comes to what a close look makes of it", () => {
  fc.assert(
    fc.property(texts, (given) => {
      expect(read(given)).toBe(closely(given));
    }),
    { numRuns: 2_000 },
  );
  for (const given of ["", "a", " a", "a ", "a b", "\n", "a\nb", "\u007f", "a\u00a0", "\u200b\u200b"])
    expect(read(given), JSON.stringify(given)).toBe(closely(given));
  expect(cell({}, "name")).toBeUndefined();
});
