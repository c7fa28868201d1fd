import { expect, test } from "vitest";
import { classify } from "./classify";
import { parseFacts } from "./parse-facts";
import { PRESETS } from "./policy";
import { whatRaises } from "./raising";

const DEAL = {
  ...{ id: "D-1", amount: 100, currency: "USD", type: "new", route: "direct", createdOn: "2026-01-10" },
  ...{ closedOn: null, outcome: "open", firstEngagedOn: null, recreatedFrom: null },
};
const ROW = {
  ...{ id: "T-1", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-01-08" },
  ...{ recordedOn: "2026-01-11", confirmedOn: "2026-01-11" },
};
const MOTION = {
  ...{ id: "A-1", partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-01-20" },
  ...{ recordedOn: "2026-01-21", proof: "https://notes.example/1", involvement: "direct" },
};
const REGISTRATION = {
  ...{ id: "R-1", partnerId: "P-1", submittedOn: "2026-01-08", recordedOn: "2026-01-08" },
  ...{ status: "approved", decidedOn: "2026-01-09" },
};
const SEEN = { secondHandOn: "2026-02-01" };

function raised(parts: object, policy = PRESETS.two_bucket) {
  const facts = parseFacts({
    ...{ asOf: "2026-03-31", deal: DEAL, stages: [], registrations: [], roles: [], activities: [] },
    ...{ partners: [{ id: "P-1", kind: "integrator", parentId: null, programs: [] }], rulings: [] },
    ...{ cohort: { medianCycleDays: null } },
    ...parts,
  });
  return whatRaises(policy, facts, classify(policy, facts).partners[0]!);
}

test.each<[string, object, ReturnType<typeof raised>]>([
  ["the one row that it rests on", { roles: [ROW] }, { factIds: ["T-1"], needs: "one" }],
  [
    "either of two that are each enough",
    { roles: [ROW], registrations: [REGISTRATION] },
    { factIds: ["R-1", "T-1"], needs: "one" },
  ],
  [
    "not the activity, which sourced does not rest on",
    { roles: [ROW], activities: [MOTION] },
    { factIds: ["T-1"], needs: "one" },
  ],
  ["nothing once somebody stands behind it", { roles: [{ ...ROW, ...SEEN }] }, null],
  ["nothing without credit", { roles: [{ ...ROW, role: "influencer" }] }, null],
  [
    "one that a second hand is still to come for",
    { roles: [{ ...ROW, secondHandOn: "2026-04-01" }] },
    { factIds: ["T-1"], needs: "one" },
  ],
])("what raises an outcome to countersigned: %s", (_name, parts, expected) => {
  expect(raised(parts)).toEqual(expected);
});

test("all that are stated, where one alone is not enough", () => {
  const activities = [MOTION, { ...MOTION, id: "A-2", type: "business_case" }];
  expect(raised({ activities }, PRESETS.triple_tier)).toEqual({ factIds: ["A-1", "A-2"], needs: "all" });
});
