import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { STAGES, type Stage } from "@/lib/attribution/vocabulary";
import { planHistory } from "./plan-history";
import type { StoredOfKind } from "./stored";

/** `2@01-10`, or `2@01-10 09:00` with a time. */
type Short = `${Stage}@${string}`;
type Entry = StoredOfKind["stage_history"];

const entry = (short: Short) => ({
  dealId: "D-1",
  stage: Number(short[0]) as Stage,
  enteredOn: `2026-${short.slice(2, 7)}`,
  enteredTime: short.slice(8) ? `${short.slice(8)}:00` : null,
});
const shortOf = ({ stage, enteredOn, enteredTime }: ReturnType<typeof entry>) =>
  `${stage}@${enteredOn.slice(5)}${enteredTime ? ` ${enteredTime.slice(0, 5)}` : ""}` as Short;

/** Lands rows on what is stored, as the table takes them: removals first, then each write at its place. */
function land(before: readonly Entry[], file: readonly Short[], replaces = false) {
  const rows = file.map((short, at) => ({ line: at + 2, row: entry(short) }));
  const planned = planHistory(rows, before, new Set(["D-1"]), replaces);
  const table = new Map(before.map((row) => [row.seq, row]));
  for (const { seq } of planned.removed) table.delete(seq);
  for (const { after } of planned.writes) table.set(after.seq, after);
  return { planned, table: [...table.values()].sort((a, b) => a.seq - b.seq) };
}

function plan(stored: Short[], file: Short[], replaces = false) {
  const before = stored.map((short, at) => ({ ...entry(short), seq: at + 1 }));
  const { planned, table } = land(before, file, replaces);
  return {
    counts: [planned.created, planned.updated, planned.unchanged],
    history: table.map(shortOf),
    gone: planned.removed.map(shortOf),
  };
}

describe("a deal's history", () => {
  test.each<[string, Short[], Short[], number[], Short[]]>([
    ["first seen", [], ["1@01-10", "2@02-01"], [2, 0, 0], ["1@01-10", "2@02-01"]],
    ["seen again", ["1@01-10", "2@02-01"], ["1@01-10", "2@02-01"], [0, 0, 2], ["1@01-10", "2@02-01"]],
    ["out of order in the file", [], ["2@02-01", "1@01-10"], [2, 0, 0], ["1@01-10", "2@02-01"]],
    ["one day, order of the file", [], ["2@01-10", "1@01-10"], [2, 0, 0], ["2@01-10", "1@01-10"]],
    [
      "one day, order of the times",
      [],
      ["2@01-10 15:00", "1@01-10 09:00"],
      [2, 0, 0],
      ["1@01-10 09:00", "2@01-10 15:00"],
    ],
    ["a day and times", [], ["3@01-10", "2@01-10 15:00"], [2, 0, 0], ["2@01-10 15:00", "3@01-10"]],
    ["grown", ["1@01-10"], ["1@01-10", "2@02-01"], [1, 0, 1], ["1@01-10", "2@02-01"]],
    [
      "another day is another entry",
      ["1@01-10", "2@02-01"],
      ["1@01-10", "2@02-03"],
      [1, 0, 1],
      ["1@01-10", "2@02-01", "2@02-03"],
    ],
    [
      "back in its first stage",
      ["3@01-02"],
      ["3@03-01", "4@03-10"],
      [2, 0, 0],
      ["3@01-02", "3@03-01", "4@03-10"],
    ],
    [
      "a forgotten entry between",
      ["1@01-10", "3@03-01"],
      ["2@02-01"],
      [1, 0, 0],
      ["1@01-10", "2@02-01", "3@03-01"],
    ],
    ["moved here since", ["1@01-10", "2@02-01"], ["1@01-10"], [0, 0, 1], ["1@01-10", "2@02-01"]],
    [
      "one day, told the other way round",
      ["1@01-10", "2@01-10"],
      ["2@01-10", "1@01-10"],
      [0, 0, 2],
      ["1@01-10", "2@01-10"],
    ],
    ["a row that comes twice", [], ["1@01-10", "1@01-10"], [1, 0, 1], ["1@01-10"]],
    [
      "the time of a known entry",
      ["2@01-10", "1@01-10"],
      ["2@01-10 15:00"],
      [0, 1, 0],
      ["2@01-10 15:00", "1@01-10"],
    ],
    ["the day of an entry with a time", ["2@01-10 15:00"], ["2@01-10"], [0, 0, 1], ["2@01-10 15:00"]],
    [
      "twice in a stage in one day",
      [],
      ["2@01-10 15:00", "2@01-10 09:00"],
      [2, 0, 0],
      ["2@01-10 09:00", "2@01-10 15:00"],
    ],
  ])("%s", (_, stored, file, counts, history) => {
    const planned = plan(stored, file);
    expect(planned).toEqual({ counts, history, gone: [] });
    // Running the same file again changes nothing (imports.md).
    expect(plan(planned.history, file).counts).toEqual([0, 0, file.length]);
  });

  test.each<[string, Short[], Short[], number[], Short[], Short[]]>([
    [
      "drops what it does not hold",
      ["1@01-10", "2@02-01", "3@03-01"],
      ["1@01-10", "3@03-01"],
      [0, 0, 2],
      ["1@01-10", "3@03-01"],
      ["2@02-01"],
    ],
    [
      "corrects a day",
      ["1@01-10", "2@02-01"],
      ["1@01-10", "2@02-03"],
      [1, 0, 1],
      ["1@01-10", "2@02-03"],
      ["2@02-01"],
    ],
    [
      "gives a day its order",
      ["1@01-10", "2@01-10"],
      ["2@01-10", "1@01-10"],
      [0, 2, 0],
      ["2@01-10", "1@01-10"],
      [],
    ],
    [
      "leaves what it says",
      ["1@01-10", "2@02-01"],
      ["1@01-10", "2@02-01"],
      [0, 0, 2],
      ["1@01-10", "2@02-01"],
      [],
    ],
  ])("a file that replaces %s", (_, stored, file, counts, history, gone) => {
    const planned = plan(stored, file, true);
    expect(planned).toEqual({ counts, history, gone });
    expect(plan(planned.history, file, true)).toEqual({ counts: [0, 0, file.length], history, gone: [] });
  });

  test("the log is told of what changed, not of what made room", () => {
    const before = [
      { ...entry("1@01-10"), seq: 1 },
      { ...entry("3@03-01"), seq: 2 },
    ];
    const { planned } = land(before, ["2@02-01"]);
    expect(planned.writes).toHaveLength(2);
    expect(planned.told).toEqual([{ line: 2, before: null, after: { ...entry("2@02-01"), seq: 2 } }]);
  });

  test("an unknown deal refuses its rows", () => {
    const rows = [{ line: 3, row: { ...entry("1@01-10"), dealId: "D-9" } }];
    expect(planHistory(rows, [], new Set(["D-1"])).refused).toEqual([
      { line: 3, field: "deal_id", value: "D-9", reason: "there is no deal with this id" },
    ]);
  });
});

const stage = fc.constantFrom(...STAGES);
const day = fc.integer({ min: 10, max: 14 }).map((date) => `01-${date}`);
const time = fc.constantFrom("08:00", "09:30", "15:00");
const timed = fc.tuple(stage, day, time).map(([s, d, t]) => `${s}@${d} ${t}` as Short);

test("however a file is cut, sorted and repeated, the table is the same", () => {
  fc.assert(
    fc.property(
      fc
        .array(timed, { maxLength: 12 })
        .chain((file) =>
          fc.tuple(
            fc.constant(file),
            fc.shuffledSubarray([...file, ...file], { minLength: file.length * 2 }),
            fc.array(fc.integer({ min: 0, max: file.length * 2 })),
          ),
        ),
      ([file, shuffled, cuts]) => {
        const whole = land([], file).table;
        let table: Entry[] = [];
        const marks = [0, ...cuts.sort((a, b) => a - b), shuffled.length];
        for (const [at, from] of marks.slice(0, -1).entries())
          table = land(table, shuffled.slice(from, marks[at + 1])).table;
        expect(table).toEqual(whole);
        expect(land(table, file).planned).toMatchObject({ created: 0, updated: 0, writes: [] });
      },
    ),
  );
});

test("days without times: cut anywhere and run again, the table is the same", () => {
  const untimed = fc.tuple(stage, day).map(([s, d]) => `${s}@${d}` as Short);
  fc.assert(
    fc.property(fc.array(untimed, { maxLength: 12 }), fc.integer({ min: 0, max: 12 }), (file, cut) => {
      const first = land([], file.slice(0, cut)).table;
      const both = land(first, file.slice(cut)).table;
      expect(both).toEqual(land([], file).table);
      expect(land(both, file).planned.writes).toEqual([]);
    }),
  );
});
