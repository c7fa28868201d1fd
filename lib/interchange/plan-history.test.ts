import { describe, expect, test } from "vitest";
import type { Stage } from "@/lib/attribution/vocabulary";
import { planHistory } from "./plan-history";

type Short = `${Stage}@${string}`;

const entry = (short: Short) => ({
  dealId: "D-1",
  stage: Number(short[0]) as Stage,
  enteredOn: `2026-${short.slice(2)}`,
});

/** Plans a file against what is stored; the history that follows, in order of entry. */
function plan(stored: Short[], file: Short[]) {
  const before = stored.map((short, at) => ({ ...entry(short), seq: at + 1 }));
  const rows = file.map((short, at) => ({ line: at + 2, row: entry(short) }));
  const planned = planHistory(rows, before, new Set(["D-1"]));
  const after = new Map(before.map((row) => [row.seq, row]));
  for (const write of planned.writes) after.set(write.after.seq, write.after);
  const history = [...after.values()]
    .sort((a, b) => a.seq - b.seq)
    .map(({ stage, enteredOn }) => `${stage}@${enteredOn.slice(5)}`);
  return { counts: [planned.created, planned.updated, planned.unchanged], history };
}

describe("a deal's history", () => {
  test.each<[string, Short[], Short[], number[], Short[]]>([
    ["first seen", [], ["1@01-10", "2@02-01"], [2, 0, 0], ["1@01-10", "2@02-01"]],
    ["seen again", ["1@01-10", "2@02-01"], ["1@01-10", "2@02-01"], [0, 0, 2], ["1@01-10", "2@02-01"]],
    ["out of order in the file", [], ["2@02-01", "1@01-10"], [2, 0, 0], ["1@01-10", "2@02-01"]],
    [
      "one day, order of the file",
      [],
      ["2@01-10", "1@01-10", "3@01-10"],
      [3, 0, 0],
      ["2@01-10", "1@01-10", "3@01-10"],
    ],
    ["grown", ["1@01-10"], ["1@01-10", "2@02-01"], [1, 0, 1], ["1@01-10", "2@02-01"]],
    ["a day corrected", ["1@01-10", "2@02-01"], ["1@01-10", "2@02-03"], [0, 1, 1], ["1@01-10", "2@02-03"]],
    ["a stage corrected", ["1@01-10", "2@02-01"], ["0@01-10", "2@02-01"], [0, 1, 1], ["0@01-10", "2@02-01"]],
    [
      "a forgotten entry between",
      ["1@01-10", "3@03-01"],
      ["1@01-10", "2@02-01", "3@03-01"],
      [1, 0, 2],
      ["1@01-10", "2@02-01", "3@03-01"],
    ],
    ["only what is new", ["1@01-10", "2@02-01"], ["3@03-01"], [1, 0, 0], ["1@01-10", "2@02-01", "3@03-01"]],
    ["moved here since", ["1@01-10", "2@02-01"], ["1@01-10"], [0, 0, 1], ["1@01-10", "2@02-01"]],
    [
      "the same day swapped",
      ["1@01-10", "2@01-10"],
      ["2@01-10", "1@01-10"],
      [0, 2, 0],
      ["2@01-10", "1@01-10"],
    ],
    ["back and forth", [], ["1@01-10", "2@01-10", "1@01-10"], [3, 0, 0], ["1@01-10", "2@01-10", "1@01-10"]],
  ])("%s", (_, stored, file, counts, history) => {
    const planned = plan(stored, file);
    expect(planned).toEqual({ counts, history });
    // Running the same file again changes nothing (imports.md).
    expect(plan(planned.history as Short[], file).counts).toEqual([0, 0, file.length]);
  });

  test("an unknown deal refuses its rows", () => {
    const rows = [{ line: 3, row: { ...entry("1@01-10"), dealId: "D-9" } }];
    expect(planHistory(rows, [], new Set(["D-1"])).refused).toEqual([
      { line: 3, field: "deal_id", value: "D-9", reason: "there is no deal with this id" },
    ]);
  });
});
