import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classify } from "./classify";
import type { Activity, Facts, RoleRow } from "./facts";
import { factsArbitrary, policyArbitrary } from "./facts.arbitrary";
import { type Measured, measureTests } from "./measure";
import { type Policy, PRESETS } from "./policy";
import { measurePhrase } from "./sentence";
import type { TestName } from "./vocabulary";

const WITNESS = { source: null, secondHandOn: null };
const row = (more: Partial<RoleRow> = {}): RoleRow => ({
  ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0 },
  ...{ touchedOn: "2026-01-08", recordedOn: "2026-01-12", confirmedOn: "2026-01-12", ...WITNESS },
  ...more,
});
const activity = (more: Partial<Activity> = {}): Activity => ({
  ...{ id: "A-1", partnerId: "P-1", type: "joint_discovery", stage: 2, involvement: "direct" },
  ...{ occurredOn: "2026-01-28", recordedOn: "2026-01-29", proof: "note:1", ...WITNESS },
  ...more,
});
const DEAL: Facts["deal"] = {
  ...{ id: "D-1", amount: 9_000_000, currency: "USD", type: "new", route: "direct", createdOn: "2026-01-10" },
  ...{ closedOn: null, outcome: "open", firstEngagedOn: null, recreatedFrom: null, amendedOn: null },
};
const facts = ({
  deal = {},
  ...more
}: Partial<Omit<Facts, "deal">> & { deal?: Partial<Facts["deal"]> }): Facts => ({
  ...{ asOf: "2026-04-30", partners: [], registrations: [], roles: [], activities: [], rulings: [] },
  ...{ stages: [{ stage: 1, enteredOn: "2026-01-10" }], cohort: { medianCycleDays: null } },
  ...more,
  deal: { ...DEAL, ...deal },
});

function measured(known: Facts, name: TestName, policy: Policy = PRESETS.two_bucket): Measured {
  const all = measureTests(policy, known, classify(policy, known).partners);
  return all["P-1"]!.find(({ test: one }) => one === name)!;
}

describe("each test says what it measured beside its limit", () => {
  test.each<[string, Facts, TestName, Measured["state"], string]>([
    ["a touch in time", facts({ roles: [row()] }), "gate", "passed", "touched at stage 0, limit 1"],
    [
      "a touch too late",
      facts({ roles: [row({ touchStage: 3 })] }),
      "gate",
      "failed",
      "touched at stage 3, limit 1",
    ],
    [
      "a touch that does not count yet",
      facts({ roles: [row({ confirmedOn: null })] }),
      "gate",
      "not_reached",
      "touched at stage 0, limit 1; not reached: no origin counts yet",
    ],
    [
      "an account that we were at before",
      facts({ roles: [row()], deal: { firstEngagedOn: "2026-01-02" } }),
      "net_new",
      "failed",
      "touched on 8 Jan 2026; our team engaged the account on 2 Jan 2026",
    ],
    [
      "nothing that claims the origin",
      facts({ activities: [activity()] }),
      "origin",
      "not_reached",
      "no registration and no sourcer row",
    ],
    ["one motion", facts({ activities: [activity()] }), "motion", "passed", "1 documented, 1 needed"],
    [
      "a motion without proof",
      facts({ activities: [activity({ proof: null })] }),
      "motion",
      "failed",
      "0 documented, 1 needed",
    ],
    ["no activity", facts({ roles: [row()] }), "motion", "not_reached", "no activity yet"],
    [
      "updates of somebody who is not sourced",
      facts({ activities: [activity()] }),
      "updates",
      "not_reached",
      "asked of a sourced partner only",
    ],
    [
      "updates below the amount",
      facts({ roles: [row()], deal: { amount: 100 } }),
      "updates",
      "not_reached",
      "none are owed at this amount",
    ],
    [
      "updates that are owed",
      facts({ roles: [row()] }),
      "updates",
      "failed",
      "2 months short of updates, limit 0",
    ],
    [
      "a cycle that is not over",
      facts({ roles: [row()] }),
      "accelerated",
      "not_reached",
      "asked once the deal is won",
    ],
    [
      "a cycle one day too long",
      facts({
        roles: [row()],
        deal: { outcome: "won", closedOn: "2026-03-15" },
        cohort: { medianCycleDays: 85 },
      }),
      "accelerated",
      "failed",
      "won in 64 days, limit 63",
    ],
  ])("%s", (_, known, name, state, phrase) => {
    const found = measured(known, name);
    expect([found.state, measurePhrase(found)]).toEqual([state, phrase]);
  });
});

test("what was measured agrees with what was judged, whatever the facts and the policy", () => {
  fc.assert(
    fc.property(policyArbitrary, factsArbitrary, (policy, known) => {
      const { partners } = classify(policy, known);
      const all = measureTests(policy, known, partners);
      for (const { partnerId, tests } of partners) {
        const found = all[partnerId]!;
        expect(found.map((one) => one.test)).toEqual(tests.map((one) => one.test));
        for (const [at, { state, measure }] of found.entries()) {
          if (state !== "not_reached") expect(state === "passed").toBe(tests[at]!.passed);
          if (state !== "not_reached" && measure) expect(holds(measure)).toBe(tests[at]!.passed);
        }
      }
    }),
  );
});

function holds(measure: NonNullable<Measured["measure"]>): boolean {
  switch (measure.of) {
    case "touch_day":
      return measure.limit === null || measure.limit >= measure.value;
    case "activities":
      return measure.value >= measure.limit;
    default:
      return measure.value <= measure.limit;
  }
}
