import { describe, expect, it, test } from "vitest";
import type { Activity, Registration, RoleRow, Ruling } from "@/lib/attribution/facts";
import type { PartnerResult } from "@/lib/attribution/result";
import { parseQuarter } from "@/lib/calendar";
import type { SealedDocument } from "@/lib/sealing/seal";
import { type Change, changesOf, movesNumbers } from "./restated";

const QUARTER = parseQuarter("2026-Q1");

const registration: Registration = {
  id: "R-1",
  partnerId: "P-1",
  submittedOn: "2026-01-02",
  recordedOn: "2026-01-03",
  status: "pending",
  decidedOn: null,
  source: null,
  secondHandOn: null,
};
const role: RoleRow = {
  id: "T-1",
  partnerId: "P-1",
  role: "sourcer",
  touchStage: 0,
  touchedOn: "2026-01-02",
  recordedOn: "2026-01-20",
  confirmedOn: "2026-01-21",
  source: null,
  secondHandOn: null,
};
const activity: Activity = {
  id: "A-1",
  partnerId: "P-1",
  type: "joint_demo",
  stage: 2,
  occurredOn: "2026-02-01",
  recordedOn: "2026-02-01",
  proof: "note:seen",
  involvement: "direct",
  source: null,
  secondHandOn: null,
};
const ruling: Ruling = {
  id: "G-1",
  partnerId: "P-1",
  model: "two_bucket",
  outcome: "sourced",
  decidedOn: "2026-03-30",
};
const result: PartnerResult = {
  partnerId: "P-1",
  outcome: "sourced",
  disputed: null,
  missing: [],
  credit: { sourced: 100 },
  evidence: "stated",
  rule: "two_bucket.sourced",
  tests: [],
  next: null,
};

const SEALED: SealedDocument = {
  facts: {
    asOf: "2026-04-10",
    deal: {
      ...{ id: "D-1", amount: 100, currency: "USD", type: "new", route: "direct", createdOn: "2026-01-15" },
      ...{
        closedOn: "2026-03-31",
        outcome: "won",
        firstEngagedOn: null,
        recreatedFrom: null,
        amendedOn: null,
      },
    },
    stages: [{ stage: 2, enteredOn: "2026-01-15" }],
    partners: [{ id: "P-1", kind: "integrator", parentId: null, programs: [] }],
    registrations: [registration],
    roles: [role],
    activities: [activity],
    rulings: [ruling],
    cohort: { medianCycleDays: 40 },
  },
  result: { outcome: "sourced", evidence: "stated", partners: [result], gray: [] },
  ...{
    policyHash: "a",
    account: "Larkfield",
    owner: "Ann",
    noPartnerOn: null,
    partners: { "P-1": "Northgate" },
  },
};

/** The sealed deal with something else in its facts. */
const withFacts = (facts: Partial<SealedDocument["facts"]>): SealedDocument => ({
  ...SEALED,
  facts: { ...SEALED.facts, ...facts },
});
const withDeal = (deal: Partial<SealedDocument["facts"]["deal"]>) =>
  withFacts({ deal: { ...SEALED.facts.deal, ...deal } });
const withResult = (changed: Partial<SealedDocument["result"]>): SealedDocument => ({
  ...SEALED,
  result: { ...SEALED.result, ...changed },
});

describe("what differs from a seal", () => {
  it("is nothing for the same deal, read on another day", () => {
    expect(changesOf(SEALED, withFacts({ asOf: "2026-06-01" }))).toEqual([]);
  });

  test.each<[string, SealedDocument, Pick<Change, "of" | "id" | "field">]>([
    ["an amount", withDeal({ amount: 90 }), { of: "deal", id: null, field: "amount" }],
    ["an account", { ...SEALED, account: "Lark" }, { of: "name", id: null, field: "account" }],
    ["an owner", { ...SEALED, owner: "Ben" }, { of: "name", id: null, field: "owner" }],
    [
      "a word that no partner is involved",
      { ...SEALED, noPartnerOn: "2026-03-01" },
      { of: "name", id: null, field: "noPartnerOn" },
    ],
    [
      "a stage",
      withFacts({ stages: [{ stage: 3, enteredOn: "2026-01-15" }] }),
      { of: "stage", id: "1", field: "stage" },
    ],
    [
      "a registration",
      withFacts({ registrations: [{ ...registration, status: "approved" }] }),
      { of: "registration", id: "R-1", field: "status" },
    ],
    [
      "a registration that is gone",
      withFacts({ registrations: [] }),
      { of: "registration", id: "R-1", field: null },
    ],
    [
      "a role",
      withFacts({ roles: [{ ...role, touchStage: 1 }] }),
      { of: "role", id: "T-1", field: "touchStage" },
    ],
    ["a role that is gone", withFacts({ roles: [] }), { of: "role", id: "T-1", field: null }],
    [
      "an activity",
      withFacts({ activities: [{ ...activity, proof: null }] }),
      { of: "activity", id: "A-1", field: "proof" },
    ],
    ["an activity that is gone", withFacts({ activities: [] }), { of: "activity", id: "A-1", field: null }],
    [
      "an activity that came",
      withFacts({ activities: [activity, { ...activity, id: "A-2" }] }),
      { of: "activity", id: "A-2", field: null },
    ],
    [
      "a ruling",
      withFacts({ rulings: [{ ...ruling, outcome: "none" }] }),
      { of: "ruling", id: "G-1", field: "outcome" },
    ],
    ["a ruling that is gone", withFacts({ rulings: [] }), { of: "ruling", id: "G-1", field: null }],
    [
      "a ruling that came",
      withFacts({ rulings: [ruling, { ...ruling, id: "G-2" }] }),
      { of: "ruling", id: "G-2", field: null },
    ],
    [
      "a partner",
      withFacts({ partners: [{ id: "P-1", kind: "reseller", parentId: null, programs: [] }] }),
      { of: "partner", id: "P-1", field: "kind" },
    ],
    [
      "a cohort",
      withFacts({ cohort: { medianCycleDays: 41 } }),
      { of: "cohort", id: null, field: "medianCycleDays" },
    ],
    ["the policy", { ...SEALED, policyHash: "b" }, { of: "policy", id: null, field: "hash" }],
    ["the outcome", withResult({ outcome: "none" }), { of: "outcome", id: null, field: "outcome" }],
    [
      "a partner's credit",
      withResult({ partners: [{ ...result, credit: { sourced: 50 } }] }),
      { of: "credit", id: "P-1", field: "credit" },
    ],
  ])("names %s, and nothing else", (_, current, expected) => {
    expect(changesOf(SEALED, current)).toEqual([
      { ...expected, sealed: expect.toSatisfy(isText), current: expect.toSatisfy(isText) },
    ]);
  });

  it("says what was sealed and what is", () => {
    expect(changesOf(SEALED, withFacts({ activities: [{ ...activity, stage: 4 }] }))).toEqual([
      { of: "activity", id: "A-1", field: "stage", sealed: "2", current: "4" },
    ]);
  });
});

const isText = (value: unknown) => value === null || typeof value === "string";

describe("whether the numbers would differ", () => {
  const open = { closedOn: null, outcome: "open" } as const;
  test.each<[string, SealedDocument | null, SealedDocument | null, boolean]>([
    ["nothing changed", SEALED, SEALED, false],
    ["gone", SEALED, null, true],
    ["new", null, SEALED, true],
    ["new, of another quarter", null, withDeal({ createdOn: "2026-04-01", ...open }), false],
    ["its amount", SEALED, withDeal({ amount: 90 }), true],
    ["its outcome", SEALED, withResult({ outcome: "none" }), true],
    ["its name alone", SEALED, { ...SEALED, account: "Lark" }, false],
    ["its proof alone", SEALED, withFacts({ activities: [{ ...activity, proof: null }] }), false],
    ["an activity of the quarter is gone", SEALED, withFacts({ activities: [] }), true],
    [
      "an activity after the quarter",
      SEALED,
      withFacts({
        activities: [
          activity,
          { ...activity, id: "A-2", occurredOn: "2026-04-01", recordedOn: "2026-04-01" },
        ],
      }),
      false,
    ],
    ["closed on the last day, then the day after", SEALED, withDeal({ closedOn: "2026-04-01" }), true],
    ["open at the end, then closed after it", withDeal(open), withDeal({ closedOn: "2026-04-01" }), false],
    [
      "confirmed in time, then late",
      SEALED,
      withFacts({ roles: [{ ...role, confirmedOn: "2026-04-01" }] }),
      true,
    ],
    [
      "created before the quarter on another day, open at its end",
      withDeal({ createdOn: "2025-12-01", ...open }),
      withDeal({ createdOn: "2025-12-02", ...open }),
      false,
    ],
    [
      "created before the quarter on another day, closed in it",
      withDeal({ createdOn: "2025-12-01" }),
      withDeal({ createdOn: "2025-12-02" }),
      true,
    ],
  ])("%s", (_, sealed, current, expected) => {
    expect(movesNumbers(QUARTER, sealed, current)).toBe(expected);
  });
});
