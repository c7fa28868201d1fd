import { expect, test } from "vitest";
import { type ContestedFacts, contestedFacts, factsWithIds, type JudgedUnder, partnerOf } from "./contested";
import type { Facts } from "./facts";
import { PRESETS } from "./policy";
import type { PartnerResult, TestResult } from "./result";
import type { GrayCode, TestName } from "./vocabulary";

const registration = (id: string, partnerId: string): Facts["registrations"][number] => ({
  ...{ id, partnerId, submittedOn: "2026-01-02", status: "approved" },
  ...{ recordedOn: "2026-01-02", decidedOn: "2026-01-02", source: null, secondHandOn: null },
});
const role = (id: string, partnerId: string): Facts["roles"][number] => ({
  id,
  partnerId,
  role: "sourcer",
  touchStage: 0,
  touchedOn: "2026-01-02",
  recordedOn: "2026-01-20",
  confirmedOn: null,
  source: null,
  secondHandOn: null,
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
  source: null,
  secondHandOn: null,
});
const ruling = (id: string, partnerId: string): Facts["rulings"][number] => ({
  id,
  partnerId,
  model: "two_bucket",
  outcome: "none",
  decidedOn: "2026-03-01",
});

const under = (partners: PartnerResult[]): JudgedUnder => ({
  policy: PRESETS.two_bucket,
  result: { outcome: "none", evidence: null, partners, gray: [] },
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
    amendedOn: null,
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

/** A partner with tests that passed or failed, each with a fact of that name behind it. */
function partner(passed: TestName[], failed: TestName[], more: Partial<PartnerResult> = {}): PartnerResult {
  const of = (test: TestName, holds: boolean): TestResult => ({ test, passed: holds, facts: [`of ${test}`] });
  return {
    partnerId: "P-1",
    outcome: "none",
    disputed: null,
    missing: [],
    credit: {},
    evidence: null,
    rule: "r",
    tests: [...passed.map((test) => of(test, true)), ...failed.map((test) => of(test, false))],
    next: null,
    ...more,
  };
}

test.each<[GrayCode, string, PartnerResult, string[]]>([
  ["prior_engagement", "not net new", partner(["origin", "gate"], ["net_new"]), ["of origin"]],
  ["prior_engagement", "net new", partner(["origin", "gate", "net_new"], []), []],
  ["prior_engagement", "without the gate", partner(["origin"], ["gate", "net_new"]), []],
  ["prior_engagement", "without an origin", partner(["gate"], ["origin", "net_new"]), []],
  ["marketplace", "credited", partner(["motion"], ["gate"], { outcome: "influenced" }), ["of motion"]],
  ["recreated", "not credited", partner(["motion"], []), []],
  [
    "shared_origin",
    "sourced",
    partner(["origin"], [], { outcome: "sourced", rule: "G-1" }),
    ["G-1", "of origin"],
  ],
  ["shared_origin", "not sourced", partner(["origin"], [], { rule: "G-1" }), []],
  ["program_exception", "an origin of its own", partner(["origin"], []), ["of origin"]],
  ["program_exception", "none", partner([], ["origin"]), []],
  [
    "unsettled",
    "disputed",
    partner([], ["origin"], { disputed: "sourced", missing: [{ factId: "T-1", lacks: "confirmation" }] }),
    ["T-1", "of origin"],
  ],
  ["unsettled", "settled", partner(["origin"], []), []],
])("what makes a deal gray by %s: a partner that is %s", (kind, _, one, expected) => {
  expect(contestedFacts(kind, FACTS, under([one]))).toEqual(expected);
});

test("a registration or a confirmed row behind its origin is no exception of a program", () => {
  const made = (facts: string[]): PartnerResult => ({
    ...partner([], []),
    tests: [{ test: "origin", passed: true, facts }],
  });
  const roles = [role("T-1", "P-1"), { ...role("T-2", "P-1"), confirmedOn: "2026-01-21" }];
  const found = (ids: string[]) =>
    contestedFacts("program_exception", { ...FACTS, roles }, under([made(ids)]));
  expect(found(["A-1", "T-1"])).toEqual(["A-1", "T-1"]);
  expect(found(["A-1", "T-2"])).toEqual([]);
  expect(found(["A-1", "R-1"])).toEqual([]);
});

test("late is what was recorded after the close, but for activities of after the sale", () => {
  const deal = { ...FACTS.deal, closedOn: "2026-03-01" };
  const [close, late] = ["2026-03-01", "2026-03-02"];
  const facts = {
    ...FACTS,
    deal,
    roles: [
      { ...role("T-1", "P-1"), recordedOn: close },
      { ...role("T-2", "P-1"), recordedOn: late },
    ],
    activities: [
      { ...activity("A-1", "P-1"), recordedOn: late },
      { ...activity("A-5", "P-1"), stage: 5 as const, recordedOn: late },
      { ...activity("A-6", "P-1"), stage: 6 as const, recordedOn: late },
      { ...activity("A-9", "P-1"), recordedOn: close },
    ],
  };
  const found = (one: Facts) => contestedFacts("late_record", one, under([]));
  expect(found(facts)).toEqual(["A-1", "A-5", "T-2"]);
  expect(found({ ...facts, deal: FACTS.deal })).toEqual([]);
});

test("delayed is what was written down more than 30 days after it happened, but not after the close", () => {
  const [then, long, close] = ["2026-01-02", "2026-02-02", "2026-03-01"];
  const facts: Facts = {
    ...FACTS,
    deal: { ...FACTS.deal, closedOn: close, outcome: "won" },
    registrations: [
      { ...registration("R-1", "P-1"), submittedOn: then, recordedOn: long },
      { ...registration("R-2", "P-1"), submittedOn: then, recordedOn: "2026-02-01" },
    ],
    roles: [
      { ...role("T-1", "P-1"), touchedOn: then, recordedOn: long },
      { ...role("T-2", "P-1"), touchedOn: then, recordedOn: "2026-03-02" },
    ],
    activities: [
      { ...activity("A-1", "P-1"), occurredOn: then, recordedOn: long },
      { ...activity("A-6", "P-1"), stage: 6, occurredOn: then, recordedOn: long },
      { ...activity("A-9", "P-1"), occurredOn: then, recordedOn: "2026-04-11" },
    ],
  };
  expect(contestedFacts("delayed_record", facts, under([]))).toEqual(["A-1", "R-1", "T-1"]);
  const open: Facts = { ...facts, deal: FACTS.deal };
  expect(contestedFacts("delayed_record", open, under([]))).toEqual(["A-1", "R-1", "T-1", "T-2"]);
  expect(contestedFacts("late_record", facts, under([]))).toEqual(["T-2"]);
});

test("of a changed deal every fact of its partners is", () => {
  expect(contestedFacts("amended", FACTS, under([]))).toEqual(["A-1", "A-2", "R-1", "R-2", "T-1", "T-2"]);
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
