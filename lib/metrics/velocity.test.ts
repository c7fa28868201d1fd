import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../calendar";
import { FEWEST, MOVED_WITHIN, movedAfter, patternsOf, typicalDays, typicalOf, type Way } from "./velocity";

const START = "2026-01-01";
const TYPES = ["joint_discovery", "integration_build"] as const;

/** A deal that goes up one stage at a time, and closes after its last. */
const way: fc.Arbitrary<Way> = fc
  .record({
    lengths: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
    acts: fc.array(fc.record({ type: fc.constantFrom(...TYPES), stage: fc.constantFrom(1, 2, 3, 4, 5, 6) }), {
      maxLength: 4,
    }),
  })
  .map(({ lengths, acts }) => {
    let on = START;
    const stages = lengths.map((days, at) => {
      const enteredOn = on;
      on = addDays(on, days);
      return { stage: (at + 1) as 1, enteredOn };
    });
    return { stages, closedOn: on, acts: acts as Way["acts"] };
  });
const ways = fc.array(way, { maxLength: 14 });

/** The middle of a list as one says it in words. */
function plainMedian(values: number[]): number | null {
  if (values.length < FEWEST) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!;
}
const spent = ({ stages, closedOn }: Way, stage: number) => {
  const at = stages.findIndex((one) => one.stage === stage);
  if (at < 0) return [];
  const until = stages[at + 1]?.enteredOn ?? closedOn;
  return [(Date.parse(until) - Date.parse(stages[at]!.enteredOn)) / 86_400_000];
};

test("typical days and patterns are what the plain definition says", () => {
  fc.assert(
    fc.property(ways, (all) => {
      for (const [stage, { median, n }] of typicalDays(all)) {
        const days = all.flatMap((one) => spent(one, stage));
        expect([median, n]).toEqual([plainMedian(days), days.length]);
      }
      for (const { type, stage, with: those, others } of patternsOf(all)) {
        const has = (one: Way) => one.acts.some((act) => act.type === type && act.stage === stage);
        const [a, b] = [all.filter(has), all.filter((one) => !has(one))].map((some) =>
          some.flatMap((one) => spent(one, stage)),
        );
        expect([those, others]).toEqual([
          { median: plainMedian(a!), n: a!.length },
          { median: plainMedian(b!), n: b!.length },
        ]);
      }
    }),
  );
});

test("the order of deals and of what partners did on them means nothing", () => {
  fc.assert(
    fc.property(ways, (all) => {
      const turned = all.toReversed().map((one) => ({ ...one, acts: one.acts.toReversed() }));
      expect(patternsOf(turned)).toEqual(patternsOf(all));
      expect([...typicalDays(turned)]).toEqual([...typicalDays(all)]);
    }),
  );
});

test.each([
  [
    "the next stage on the same day",
    [
      [1, 0],
      [2, 10],
    ],
    10,
    { to: 2, days: 0 },
  ],
  [
    "the next stage within the window",
    [
      [1, 0],
      [2, 10 + MOVED_WITHIN],
    ],
    10,
    { to: 2, days: MOVED_WITHIN },
  ],
  [
    "a day too late",
    [
      [1, 0],
      [2, 11 + MOVED_WITHIN],
    ],
    10,
    null,
  ],
  [
    "what was entered before",
    [
      [1, 0],
      [3, 9],
    ],
    10,
    null,
  ],
  [
    "a step back",
    [
      [1, 0],
      [3, 5],
      [2, 12],
    ],
    10,
    null,
  ],
  [
    "the first of two",
    [
      [1, 0],
      [4, 20],
      [2, 12],
    ],
    10,
    { to: 2, days: 2 },
  ],
] as const)("after an action: %s", (_, entries, on, moved) => {
  const stages = entries.map(([stage, day]) => ({ stage: stage as 1, enteredOn: addDays(START, day) }));
  expect(movedAfter(stages, addDays(START, on))).toEqual(moved);
  expect(movedAfter(stages.toReversed(), addDays(START, on))).toEqual(moved);
});

test("four are too few to tell, five are not", () => {
  expect([typicalOf([1, 2, 3, 4]), typicalOf([5, 4, 3, 2, 1])]).toEqual([
    { median: null, n: 4 },
    { median: 3, n: 5 },
  ]);
});

test("of two stages that were entered on one day the lower is the first that came, in whatever order they stand", () => {
  const [third, fourth] = ([3, 4] as const).map((stage) => ({ stage, enteredOn: addDays(START, 9) }));
  const moved = { to: 3, days: 9 };
  expect(movedAfter([third!, fourth!], START)).toEqual(moved);
  expect(movedAfter([fourth!, third!], START)).toEqual(moved);
});
