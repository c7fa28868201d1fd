import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstOfMonth, monthIndex } from "../calendar";
import { classify } from "./classify";
import type { Activity, Facts } from "./facts";
import { factsArbitrary, policyArbitrary } from "./facts.arbitrary";
import { factsOnDay } from "./known";
import { measureTests } from "./measure";
import { type Policy, PRESETS } from "./policy";
import { updatesDue } from "./updates-due";

const WITNESS = { source: null, secondHandOn: null };
const update = (occurredOn: string, more: Partial<Activity> = {}): Activity => ({
  ...{ id: `A-${occurredOn}`, partnerId: "P-1", type: "training", stage: 2, involvement: "supportive" },
  ...{ occurredOn, recordedOn: occurredOn, proof: null, ...WITNESS },
  ...more,
});
const sourced = (
  activities: Activity[],
  deal: Partial<Facts["deal"]> = {},
  touchedOn = "2026-01-08",
): Facts => ({
  ...{ asOf: "2026-04-20", partners: [], registrations: [], rulings: [], cohort: { medianCycleDays: null } },
  stages: [{ stage: 1, enteredOn: "2026-01-10" }],
  deal: {
    ...{
      id: "D-1",
      amount: 4_000_001,
      currency: "USD",
      type: "new",
      route: "direct",
      createdOn: "2026-01-10",
    },
    ...{ closedOn: null, outcome: "open", firstEngagedOn: null, recreatedFrom: null, amendedOn: null },
    ...deal,
  },
  roles: [
    {
      ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn },
      ...{ recordedOn: touchedOn, confirmedOn: touchedOn, ...WITNESS },
    },
  ],
  activities,
});
const due = (facts: Facts, policy: Policy = PRESETS.two_bucket) =>
  updatesDue(policy, facts, classify(policy, facts)).map(({ done, owed }) => [done, owed]);

describe("what is owed of the month that runs", () => {
  test.each<[string, Facts, [number, number][]]>([
    ["nothing done yet", sourced([]), [[0, 2]]],
    ["one of two", sourced([update("2026-04-02")]), [[1, 2]]],
    ["both", sourced([update("2026-04-02"), update("2026-04-20")]), []],
    ["those of another month do not count", sourced([update("2026-03-30"), update("2026-03-31")]), [[0, 2]]],
    [
      "one that is still to be recorded",
      sourced([update("2026-04-02", { recordedOn: "2026-04-21" })]),
      [[0, 2]],
    ],
    ["the threshold itself owes none", sourced([], { amount: 4_000_000 }), []],
    ["nor does a currency without one", sourced([], { currency: "EUR" }), []],
    ["nor the month of the touch", sourced([], {}, "2026-04-01"), []],
    ["nor that of the creation", sourced([], { createdOn: "2026-04-01" }), []],
    ["nor a closed deal", sourced([], { closedOn: "2026-04-19", outcome: "lost" }), []],
    ["nor one that we engaged before", sourced([], { firstEngagedOn: "2026-01-07" }), []],
  ])("%s", (_, facts, expected) => {
    expect(due(facts)).toEqual(expected);
  });

  test("where missed updates withhold it, who missed a month still owes this one", () => {
    const facts = sourced([]);
    expect(classify(PRESETS.triple_tier, facts).outcome).not.toBe("sourced");
    expect(due(facts, PRESETS.triple_tier)).toEqual([[0, 2]]);
  });

  test("it is the month by which the count of short months grows when the month ends as it stands", () => {
    const shortMonths = (policy: Policy, facts: Facts) =>
      Object.entries(measureTests(policy, facts, classify(policy, facts).partners)).flatMap(([id, tests]) => {
        const { measure } = tests.find((one) => one.test === "updates")!;
        return measure ? [[id, measure.value as number] as const] : [];
      });
    let seen = 0;
    fc.assert(
      fc.property(policyArbitrary, factsArbitrary, (policy, facts) => {
        const now = factsOnDay(facts);
        if (now.deal.closedOn !== null) return;
        const later = { ...now, asOf: firstOfMonth(monthIndex(now.asOf) + 1) };
        const [before, after] = [new Map(shortMonths(policy, now)), new Map(shortMonths(policy, later))];
        const owing = updatesDue(policy, now, classify(policy, now)).map(({ partnerId }) => partnerId);
        seen += owing.length;
        for (const [id, months] of before)
          expect((after.get(id) ?? 0) - months).toBe(owing.includes(id) ? 1 : 0);
        for (const id of owing) expect(before.has(id)).toBe(true);
      }),
      { numRuns: 1_000, seed: 11 },
    );
    expect(seen).toBeGreaterThan(10);
  });
});
