import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classify } from "./classify";
import type { Activity, Facts, RoleRow } from "./facts";
import { factsArbitrary, policyArbitrary } from "./facts.arbitrary";
import { type Policy, PRESETS } from "./policy";
import { type ClosedDeal, type Drift, findingKey, findingsOn, type OfGate } from "./reconciliation";

const CLOSED = "2026-03-20";
const DEAL: Facts = {
  asOf: "2026-04-02",
  deal: {
    ...{
      id: "D-1",
      amount: 1_000_000,
      currency: "USD",
      type: "new",
      route: "direct",
      createdOn: "2026-01-10",
    },
    ...{ closedOn: CLOSED, outcome: "won", firstEngagedOn: null, recreatedFrom: null, amendedOn: null },
  },
  stages: [{ stage: 2, enteredOn: "2026-01-20" }],
  partners: ["P-1", "P-2"].map((id) => ({ id, kind: "integrator", parentId: null, programs: [] })),
  ...{ registrations: [], roles: [], activities: [], rulings: [], cohort: { medianCycleDays: null } },
};
const ROW: RoleRow = {
  ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-01-10" },
  ...{ recordedOn: "2026-01-11", confirmedOn: "2026-01-11", source: null, secondHandOn: null },
};
const ACTIVITY: Activity = {
  ...{ id: "A-1", partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-02-01" },
  ...{ recordedOn: "2026-02-02", proof: "https://p.test/1", involvement: "direct", source: null },
  secondHandOn: null,
};

function found(facts: Partial<Facts>, more: Partial<ClosedDeal> = {}, policy: Policy = PRESETS.two_bucket) {
  const document = { ...DEAL, ...facts };
  const result = classify(policy, document);
  return findingsOn({
    facts: document,
    policy,
    result,
    noPartner: false,
    gate: null,
    drifts: [],
    ...more,
  }).map((one) => `${findingKey(one)} → ${one.suggestion}, ${one.because}`);
}
const given = (fact: object, policy: Policy = PRESETS.two_bucket): Policy => ({ ...policy, ...fact });

describe("each kind, from facts alone, and how facts settle it", () => {
  test("closed without confirmation", () => {
    expect(found({})).toEqual(["unconfirmed → no_partner, nobody_named"]);
    expect(found({}, { noPartner: true })).toEqual([]);
    const waits = { ...ROW, confirmedOn: null };
    expect(found({ roles: [waits], activities: [ACTIVITY] })).toEqual([
      "unconfirmed:P-1 → confirm, row_waits",
    ]);
    expect(found({ roles: [ROW], activities: [ACTIVITY] })).toEqual([]);
    // A confirmation of a day that is still to come has not happened.
    expect(found({ roles: [{ ...ROW, confirmedOn: "2026-04-03" }], activities: [ACTIVITY] })).toHaveLength(1);
    const registration = {
      ...{ id: "R-1", partnerId: "P-1", submittedOn: "2026-01-10", recordedOn: "2026-01-10" },
      ...{ status: "approved" as const, decidedOn: "2026-01-11", source: null, secondHandOn: null },
    };
    expect(found({ registrations: [registration] })).toEqual(["unconfirmed → tag, somebody_unnamed"]);
  });

  test("activity but no row", () => {
    const only = (activity: Partial<Activity>, policy?: Policy) =>
      found({ activities: [{ ...ACTIVITY, ...activity }] }, { noPartner: true }, policy);
    expect(only({})).toEqual(["activity_without_row:P-1 → stands, credited_without"]);
    expect(only({ proof: null })).toEqual(["activity_without_row:P-1 → exception, disputed"]);
    expect(only({ type: "training" })).toEqual(["activity_without_row:P-1 → stands, earns_nothing"]);
    expect(only({ type: "training" }, given({ lateRecording: "with_contemporaneous_evidence" }))).toEqual([
      "activity_without_row:P-1 → tag, late_row_counts",
    ]);
    expect(
      only(
        { type: "training", recordedOn: "2026-03-25" },
        given({ lateRecording: "with_contemporaneous_evidence" }),
      ),
    ).toEqual(["activity_without_row:P-1 → stands, earns_nothing"]);
    expect(only({ stage: 6 })).toEqual([]);
  });

  test("row but no activity", () => {
    expect(found({ roles: [ROW] })).toEqual(["row_without_activity:P-1 → stands, credited_without"]);
    const influencer = { ...ROW, role: "influencer" as const };
    expect(found({ roles: [influencer] })).toEqual(["row_without_activity:P-1 → stands, earns_nothing"]);
    expect(found({ roles: [influencer], activities: [{ ...ACTIVITY, stage: 6 }] })).toHaveLength(1);
    expect(found({ roles: [influencer], activities: [{ ...ACTIVITY, partnerId: "P-2" }] })).toEqual([
      "activity_without_row:P-2 → stands, credited_without",
      "row_without_activity:P-1 → stands, earns_nothing",
    ]);
    const waits = { ...ROW, confirmedOn: null };
    expect(found({ roles: [waits] })).toEqual([
      "unconfirmed:P-1 → confirm, row_waits",
      "row_without_activity:P-1 → exception, disputed",
    ]);
  });

  test("closed without a receipt, or on other facts than the receipt's", () => {
    const sold = { roles: [ROW], activities: [ACTIVITY] };
    const gated = (gate: OfGate | null) => found(sold, { gate });
    expect(gated(null)).toEqual([]);
    expect(gated({ said: "sourced", holds: true })).toEqual([]);
    expect(gated({ said: null, holds: false })).toEqual(["no_receipt → stands, not_asked"]);
    expect(gated({ said: "sourced", holds: false })).toEqual([
      "outdated_receipt → stands, comes_to_the_same",
    ]);
    expect(gated({ said: "none", holds: false })).toEqual(["outdated_receipt → exception, comes_to_another"]);
  });

  test("what the CRM says otherwise: its word, but where two corrected it, the row is locked, or the deal is gone", () => {
    const sold = { roles: [ROW], activities: [ACTIVITY] };
    const amount = { field: "amount", here: 10, there: 12 };
    const said: Drift = {
      ...{ connectionId: "CN-1", source: "The CRM", of: "deals", key: "D-1", partnerId: null },
      ...{ fields: [amount], corrected: false },
    };
    const drifts = (...all: Drift[]) => found(sold, { drifts: all });
    expect(drifts(said)).toEqual(['drifted:deals:D-1:[["amount",12]] → take, said_anew']);
    expect(drifts({ ...said, corrected: true })[0]).toMatch(/→ keep, corrected_here$/);
    expect(drifts({ ...said, fields: [{ field: "", here: "a ruling", there: null }] })[0]).toMatch(
      /→ exception, gone_there$/,
    );
    const row: Drift = { ...said, of: "roles", key: "T-1", partnerId: "P-1" };
    expect(drifts(said, row).map((one) => one.split(" → ")[1])).toEqual([
      "take, said_anew",
      "keep, rows_locked",
    ]);
    // What it said is what a decision is about: said anew, it is another finding; what stands here is not.
    const [key, anew, ours] = [amount, { ...amount, there: 13 }, { ...amount, here: 11 }].map(
      (one) => drifts({ ...said, fields: [one] })[0],
    );
    expect(anew).not.toBe(key);
    expect(ours).toBe(key);
  });

  test("an open deal has nothing to reconcile", () => {
    const deal = { ...DEAL.deal, outcome: "open" as const, closedOn: null };
    expect(found({ deal, activities: [ACTIVITY] }, { gate: { said: null, holds: false } })).toEqual([]);
  });
});

test("a receipt adds its own finding and moves none of the others", () => {
  const gates = fc.constantFrom<OfGate>(
    ...[{ said: null, holds: false } as const, { said: "none", holds: true } as const],
    { said: "none", holds: false },
  );
  fc.assert(
    fc.property(factsArbitrary, policyArbitrary, gates, (facts, policy, gate) => {
      const deal = { facts, policy, result: classify(policy, facts), noPartner: false, drifts: [] };
      const without = findingsOn({ ...deal, gate: null });
      const withGate = findingsOn({ ...deal, gate });
      expect(withGate.slice(0, without.length)).toEqual(without);
      const owed = facts.deal.outcome !== "open" && !gate.holds;
      expect(withGate.length - without.length).toBe(owed ? 1 : 0);
    }),
  );
});
