import { expect, test } from "vitest";
import { type ContestedFacts, contestedFacts, factsWithIds, partnerOf } from "./contested";
import type { Facts } from "./facts";

const registration = (id: string, partnerId: string): Facts["registrations"][number] => ({
  ...{ id, partnerId, submittedOn: "2026-01-02", status: "approved" },
});
const role = (id: string, partnerId: string): Facts["roles"][number] => ({
  id,
  partnerId,
  role: "sourcer",
  touchStage: 0,
  touchedOn: "2026-01-02",
  recordedOn: "2026-01-20",
  confirmedOn: null,
});
const activity = (id: string, partnerId: string): Facts["activities"][number] => ({
  id,
  partnerId,
  type: "joint_demo",
  stage: 2,
  occurredOn: "2026-02-01",
  recordedOn: "2026-02-01",
  proof: null,
  involvement: "direct",
});
const ruling = (id: string, partnerId: string): Facts["rulings"][number] => ({
  id,
  partnerId,
  model: "two_bucket",
  outcome: "none",
  decidedOn: "2026-03-01",
});

const FACTS: Facts = {
  asOf: "2026-04-10",
  deal: {
    id: "D-1",
    amount: 100,
    currency: "USD",
    type: "new",
    route: "direct",
    createdOn: "2026-01-15",
    closedOn: null,
    outcome: "open",
    firstEngagedOn: null,
    recreatedFrom: null,
  },
  stages: [],
  partners: [],
  registrations: [registration("R-1", "P-1"), registration("R-2", "P-2")],
  roles: [role("T-1", "P-1"), role("T-2", "P-2")],
  activities: [activity("A-1", "P-1"), activity("A-2", "P-2")],
  rulings: [ruling("G-1", "P-1"), ruling("G-2", "P-2")],
  cohort: { medianCycleDays: null },
};

test("the facts of some ids are exactly those, of every kind, and none for the deal's own id", () => {
  const ids = ["A-2", "D-1", "G-2", "R-2", "T-2"];
  expect(factsWithIds(FACTS, ids)).toEqual({
    ids,
    registrations: [registration("R-2", "P-2")],
    roles: [role("T-2", "P-2")],
    activities: [activity("A-2", "P-2")],
    rulings: [ruling("G-2", "P-2")],
  });
});

test("what no rule makes gray is about all facts, or those of the partner that is named", () => {
  expect(contestedFacts("other", FACTS, null)).toEqual(["A-1", "A-2", "R-1", "R-2", "T-1", "T-2"]);
  expect(contestedFacts("other", FACTS, null, "P-2")).toEqual(["A-2", "R-2", "T-2"]);
});

const none: ContestedFacts = { ids: [], registrations: [], roles: [], activities: [], rulings: [] };
test.each<[string, Partial<ContestedFacts>, string | null]>([
  ["nobody's", {}, null],
  [
    "a registration's and a role's",
    { registrations: [registration("R-1", "P-1")], roles: [role("T-1", "P-1")] },
    "P-1",
  ],
  [
    "a registration's and another's role",
    { registrations: [registration("R-1", "P-1")], roles: [role("T-2", "P-2")] },
    null,
  ],
  ["an activity's", { activities: [activity("A-2", "P-2")] }, "P-2"],
  ["a ruling's", { rulings: [ruling("G-1", "P-1")] }, "P-1"],
  [
    "an activity's and another's ruling",
    { activities: [activity("A-2", "P-2")], rulings: [ruling("G-1", "P-1")] },
    null,
  ],
])("the one partner of the facts: %s", (_, facts, expected) => {
  expect(partnerOf({ ...none, ...facts })).toBe(expected);
});
