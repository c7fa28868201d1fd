import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, quarterOf } from "../calendar";
import { paceOf } from "./targets";

const Q = quarterOf("2026-04-01");

test.each([
  [
    "before it begins",
    "2026-03-31",
    { won: 0, open: 500 },
    { missing: 910, expected: 0, ahead: 0, coverage: 500 / 910 },
  ],
  [
    "on its first day",
    "2026-04-01",
    { won: 0, open: 0 },
    { missing: 910, expected: 10, ahead: -10, coverage: 0 },
  ],
  [
    "halfway, ahead",
    "2026-05-16",
    { won: 500, open: 410 },
    { missing: 410, expected: 460, ahead: 40, coverage: 1 },
  ],
  [
    "reached",
    "2026-06-01",
    { won: 1_000, open: 9 },
    { missing: 0, expected: 620, ahead: 380, coverage: null },
  ],
  ["over", "2026-07-09", { won: 900, open: 20 }, { missing: 10, expected: 910, ahead: -10, coverage: 2 }],
])("%s", (_, today, { won, open }, expected) => {
  expect(paceOf({ target: 910, won, open }, Q, today)).toEqual(expected);
});

test("the pace never falls from one day to the next, and ends at the target", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (target) => {
      let last = 0;
      for (let day = Q.from; day <= Q.to; day = addDays(day, 1)) {
        const { expected } = paceOf({ target, won: 0, open: 0 }, Q, day);
        expect(expected).toBeGreaterThanOrEqual(last);
        last = expected;
      }
      expect(last).toBe(target);
    }),
  );
});
