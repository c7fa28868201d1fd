import fc from "fast-check";
import { expect, test } from "vitest";
import { Sieve } from "./no-row";

const CELLS = ["", " ", "\t", "\u00a0", "Total", " Grand Total ", "Summe:", "x", "12", "é", "\u00a0x"];
const rows = fc.record({
  width: fc.integer({ min: 1, max: 6 }),
  keyAt: fc.integer({ min: -1, max: 5 }),
  cells: fc.array(fc.constantFrom(...CELLS), { minLength: 1, maxLength: 7 }),
});

const TOTAL = /^(?:(?:grand|sub)[ -]?)?totals?:?(?: \([^)]*\))?:?$|^(?:gesamt)?summe:?$/i;

/** Whether a record is passed over or held back, by a list of its filled cells. */
function isNoRow({ width, keyAt, cells }: { width: number; keyAt: number; cells: string[] }): boolean {
  const filled = cells.flatMap((cell, at) => (cell.trim() === "" ? [] : [at]));
  if (filled.length === 0) return true;
  if (width < 3 || cells.length > width) return false;
  const key = cells[keyAt]?.trim() ?? "";
  if (key !== "" && filled[0] !== keyAt) return false;
  return filled.length === 1 || TOTAL.test(cells[filled[0]!]!.trim());
}

test("what is no row is told by its filled cells, however it is looked at", () => {
  fc.assert(
    fc.property(rows, (given) => {
      const { width, keyAt, cells } = given;
      const at = Math.min(keyAt, width - 1);
      const found = new Sieve(width, at).rows({ line: 2, cells, fault: null });
      expect(found.length === 0).toBe(isNoRow({ ...given, keyAt: at }));
    }),
    { numRuns: 2_000 },
  );
});
