import { expect, test } from "vitest";
import { planDeals } from "./plan-deals";
import { readRows } from "./read-row";
import type { StoredOfKind } from "./stored";

const CLOCK = { today: "2026-06-30", zone: "UTC" };
const values = (changes: Record<string, string>) => ({
  ...{ id: "D-1", owner: "Ann", amount: "5", currency: "USD", type: "new", route: "direct" },
  ...{ created_on: "2026-01-10", closed_on: "", outcome: "open", ...changes },
});

/** Lands one row on a deal with a history, of `stage@month-day`; the history that follows. */
function land(history: string[], changes: Record<string, string>) {
  const stages = history.map((short, at) => ({
    ...{
      dealId: "D-1",
      seq: at + 1,
      stage: Number(short[0]),
      enteredOn: `2026-${short.slice(2)}`,
      enteredTime: null,
    },
  })) as StoredOfKind["stage_history"][];
  const { good } = readRows("deals", [{ line: 2, values: values(changes) }], CLOCK);
  const stored = readRows("deals", [{ line: 2, values: values({}) }], CLOCK).good.map(({ row }) => {
    const { stands: _, ...deal } = row;
    const untold = {
      name: null,
      accountId: null,
      crmUrl: null,
      expectedCloseOn: null,
      probability: null,
      forecastCategory: null,
      gateReceipt: null,
    };
    return { ...deal, ...untold, nextStep: null, account: null, firstEngagedOn: null, recreatedFrom: null };
  });
  const plan = planDeals(good, { stored, stages, deals: new Set(), parents: new Map() });
  const after = new Map(stages.map((entry) => [entry.seq, entry]));
  for (const write of plan.entries?.writes ?? []) after.set(write.after.seq, write.after);
  return {
    counts: [plan.created, plan.updated, plan.unchanged],
    history: [...after.values()].map(({ stage, enteredOn }) => `${stage}@${enteredOn.slice(5)}`),
  };
}

test.each<[string, string[], Record<string, string>, number[], string[]]>([
  ["says nothing of a stage", ["1@01-10"], {}, [0, 0, 1], ["1@01-10"]],
  ["says an empty one", ["1@01-10"], { stage: "" }, [0, 0, 1], ["1@01-10"]],
  ["stands where it stood", ["1@01-10", "3@02-01"], { stage: "3" }, [0, 0, 1], ["1@01-10", "3@02-01"]],
  ["stands there from today", [], { stage: "3" }, [0, 1, 0], ["3@06-30"]],
  ["has moved", ["1@01-10"], { stage: "3" }, [0, 1, 0], ["1@01-10", "3@06-30"]],
  [
    "says since when",
    ["1@01-10"],
    { stage: "3", stage_entered_on: "2026-02-01" },
    [0, 1, 0],
    ["1@01-10", "3@02-01"],
  ],
  [
    "says so again",
    ["1@01-10", "3@02-01"],
    { stage: "3", stage_entered_on: "2026-02-01" },
    [0, 0, 1],
    ["1@01-10", "3@02-01"],
  ],
  [
    "closed",
    ["1@01-10"],
    { stage: "5", outcome: "won", closed_on: "2026-03-01" },
    [0, 1, 0],
    ["1@01-10", "5@03-01"],
  ],
])("a file of deals that %s", (_, history, changes, counts, after) => {
  expect(land(history, changes)).toEqual({ counts, history: after });
  // Again, it changes nothing of the history.
  expect(land(after, changes).history).toEqual(after);
});
