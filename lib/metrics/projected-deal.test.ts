import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { classify } from "../attribution/classify";
import type { Activity, Day, Facts, RoleRow } from "../attribution/facts";
import { factsArbitrary, policyArbitrary } from "../attribution/facts.arbitrary";
import { factsOnDay } from "../attribution/known";
import { findingsOn } from "../attribution/reconciliation";
import type { PartnerResult, Result } from "../attribution/result";
import type { DealStatus } from "./deal-status";
import { type Judgement, projectDeal } from "./projected-deal";

const CLOSE = "2026-03-20";

const row = (overrides: Partial<RoleRow> = {}): RoleRow => ({
  id: "T-1",
  partnerId: "P-1",
  role: "sourcer",
  touchStage: 0,
  touchedOn: "2026-01-20",
  recordedOn: "2026-02-01",
  confirmedOn: "2026-02-02",
  source: null,
  secondHandOn: null,
  ...overrides,
});
const activity = (overrides: Partial<Activity> = {}): Activity => ({
  id: "A-1",
  partnerId: "P-1",
  type: "joint_demo",
  stage: 2,
  occurredOn: "2026-02-10",
  recordedOn: "2026-02-11",
  proof: "note:seen",
  involvement: "direct",
  source: null,
  secondHandOn: null,
  ...overrides,
});
const partner = (overrides: Partial<PartnerResult> = {}): PartnerResult => ({
  ...{
    partnerId: "P-1",
    outcome: "none",
    disputed: null,
    missing: [],
    credit: {},
    rule: "r",
    evidence: null,
  },
  ...{ tests: [], next: null },
  ...overrides,
});

interface Scene {
  deal?: Partial<Facts["deal"]>;
  facts?: Partial<Omit<Facts, "deal">>;
  result?: Partial<Result>;
  noPartnerOn?: Day | null;
}
const won = { outcome: "won", closedOn: CLOSE } as const;

function judgement({ deal, facts, result, noPartnerOn = null }: Scene = {}): Judgement {
  return {
    facts: {
      asOf: "2026-04-30",
      deal: {
        ...{ id: "D-1", amount: 100, currency: "USD", type: "new", route: "direct" },
        ...{ createdOn: "2026-01-15", closedOn: null, outcome: "open" },
        ...{ firstEngagedOn: null, recreatedFrom: null, amendedOn: null },
        ...deal,
      },
      stages: [{ stage: 2, enteredOn: "2026-01-15" }],
      ...{ partners: [], registrations: [], roles: [], activities: [], rulings: [] },
      cohort: { medianCycleDays: null },
      ...facts,
    },
    result: { outcome: "none", evidence: null, partners: [], gray: [], ...result },
    ...{ policyHash: "0".repeat(64), account: "Larkfield", owner: "Ann", noPartnerOn },
  };
}
const project = (scene: Scene) => projectDeal(judgement(scene));

describe("confirmed before close", () => {
  const late = "2026-03-21";
  test.each<[string, Scene, boolean]>([
    ["an open deal", { facts: { roles: [row()] }, noPartnerOn: "2026-02-01" }, false],
    ["nobody on it and nothing said", { deal: won }, false],
    ["no partner, said on the day of the close", { deal: won, noPartnerOn: CLOSE }, true],
    ["no partner, said the day after", { deal: won, noPartnerOn: late }, false],
    [
      "no partner, said the day after, and a row confirmed in time",
      { deal: won, facts: { roles: [row()] }, noPartnerOn: late },
      true,
    ],
    [
      "its row confirmed on the day of the close",
      { deal: won, facts: { roles: [row({ confirmedOn: CLOSE })] } },
      true,
    ],
    ["its row confirmed the day after", { deal: won, facts: { roles: [row({ confirmedOn: late })] } }, false],
    ["its row not confirmed", { deal: won, facts: { roles: [row({ confirmedOn: null })] } }, false],
    [
      "one of two rows not confirmed",
      { deal: won, facts: { roles: [row(), row({ id: "T-2", confirmedOn: null })] } },
      false,
    ],
    [
      "a row recorded on the day of the close and not confirmed",
      { deal: won, facts: { roles: [row(), row({ id: "T-2", recordedOn: CLOSE, confirmedOn: null })] } },
      false,
    ],
    [
      "a row recorded after the close does not count against it",
      { deal: won, facts: { roles: [row(), row({ id: "T-2", recordedOn: late, confirmedOn: null })] } },
      true,
    ],
    [
      "only a row recorded after the close",
      { deal: won, facts: { roles: [row({ recordedOn: late, confirmedOn: late })] } },
      false,
    ],
  ])("%s", (_, scene, expected) => {
    expect(project(scene).confirmedBeforeClose).toBe(expected);
  });
});

describe("confirmed by now", () => {
  const open = row({ id: "T-2", confirmedOn: null });
  test.each<[string, Scene, boolean]>([
    ["nothing said", {}, false],
    ["no partner, said by the day", { noPartnerOn: "2026-04-30" }, true],
    ["no partner, said after the day", { noPartnerOn: "2026-05-01" }, false],
    ["every row confirmed", { facts: { roles: [row()] } }, true],
    ["one row not confirmed", { facts: { roles: [row(), open] } }, false],
    ["a row confirmed after the day", { facts: { roles: [row({ confirmedOn: "2026-05-01" })] } }, false],
  ])("%s", (_, scene, expected) => {
    expect(project(scene).confirmed).toBe(expected);
  });
});

describe("how it stands", () => {
  const waiting = [row({ confirmedOn: null })];
  const disputed = { partners: [partner({ disputed: "sourced" })] };
  const lost = { ...won, outcome: "lost" } as const;
  test.each<[string, Scene, DealStatus]>([
    ["open, nothing said", {}, "to_decide"],
    ["open, a partner on it without a role", { facts: { activities: [activity()] } }, "to_decide"],
    ["open, what is contested is not answered either", { result: disputed }, "to_decide"],
    ["open, a row waits", { facts: { roles: waiting } }, "waits_for_ae"],
    [
      "open, one of two waits",
      { facts: { roles: [row(), row({ id: "T-2", confirmedOn: null })] } },
      "waits_for_ae",
    ],
    ["open, a row waits and is contested", { facts: { roles: waiting }, result: disputed }, "waits_for_ae"],
    [
      "open, a row waits, no partner said before",
      { facts: { roles: waiting }, noPartnerOn: "2026-02-01" },
      "waits_for_ae",
    ],
    ["open, every row confirmed", { facts: { roles: [row()] } }, "decided"],
    ["open, confirmed and contested", { facts: { roles: [row()] }, result: disputed }, "disputed"],
    ["open, no partner", { noPartnerOn: "2026-02-01" }, "no_partner"],
    ["open, no partner, said after the day", { noPartnerOn: "2026-05-01" }, "to_decide"],
    ["won and confirmed", { deal: won, facts: { roles: [row()] } }, "decided"],
    ["won and not confirmed", { deal: won, facts: { roles: waiting } }, "unanswered"],
    ["won, nothing said", { deal: won }, "unanswered"],
    ["lost, nothing said", { deal: lost }, "unanswered"],
    ["lost, no partner", { deal: lost, noPartnerOn: CLOSE }, "no_partner"],
  ])("%s", (_, scene, expected) => {
    expect(project(scene).status).toBe(expected);
  });
});

test.each([
  ["none", []],
  ["proven", [activity()]],
  ["missing", [activity(), activity({ id: "A-2", proof: null })]],
] as const)("proof is %s", (expected, activities) => {
  expect(project({ facts: { activities: [...activities] } }).proof).toBe(expected);
});

describe("its partners", () => {
  const roles = [
    row({ id: "T-3", recordedOn: "2026-02-05", confirmedOn: null, role: "influencer", touchStage: 3 }),
    row({ id: "T-2", partnerId: "P-2" }),
    row({ id: "T-1" }),
  ];
  const partners = [
    partner({ outcome: "sourced", evidence: "witnessed" }),
    partner({ partnerId: "P-2", disputed: "influenced" }),
    partner({ partnerId: "P-3", outcome: "influenced", disputed: "sourced", evidence: "stated" }),
  ];
  const sourcer = { role: "sourcer", touchStage: 0, confirmed: true };

  test("are who earned most first, then rows in order of record", () => {
    expect(project({ facts: { roles }, result: { partners } }).partners).toEqual([
      { id: "P-1", rowId: "T-1", ...sourcer, outcome: "sourced", disputed: null, evidence: "witnessed" },
      {
        ...{ id: "P-1", rowId: "T-3", role: "influencer", touchStage: 3, confirmed: false },
        ...{ outcome: "sourced", disputed: null, evidence: "witnessed" },
      },
      {
        ...{ id: "P-3", rowId: null, role: null, touchStage: null, confirmed: false },
        ...{ outcome: "influenced", disputed: "sourced", evidence: "stated" },
      },
      { id: "P-2", rowId: "T-2", ...sourcer, outcome: "none", disputed: "influenced", evidence: null },
    ]);
  });

  test("read the same whatever ids their rows have", () => {
    fc.assert(
      fc.property(factsArbitrary, policyArbitrary, fc.infiniteStream(fc.uuid()), (facts, policy, ids) => {
        const shown = (of: Facts) => {
          const judged = { facts: of, result: classify(policy, of), policyHash: "0".repeat(64) };
          const { partners: on } = projectDeal({ ...judged, account: null, owner: "Ann", noPartnerOn: null });
          return on.map(({ rowId: _, ...rest }) => rest);
        };
        const renamed = facts.roles.map((one) => ({ ...one, id: ids.next().value as string }));
        expect(shown({ ...facts, roles: renamed.toReversed() })).toEqual(shown(facts));
      }),
    );
  });
});

test("its evidence is that of its result, and a part of the class it counts in", () => {
  const result = { outcome: "sourced", evidence: "countersigned" } as const;
  expect(project({ result })).toMatchObject({
    evidence: "countersigned",
    countsAs: "sourced/open/unconfirmed/none/countersigned",
  });
  expect(project({})).toMatchObject({ evidence: null, countsAs: "none/open/unconfirmed/none/none" });
});

test("the days of its activities ascend, and its cycle is there once it closed", () => {
  const activities = [activity({ occurredOn: "2026-03-02" }), activity({ id: "A-2" })];
  expect(project({ deal: won, facts: { activities } })).toMatchObject({
    engagedOn: ["2026-02-10", "2026-03-02"],
    cycleDays: 64,
  });
  expect(project({}).cycleDays).toBeNull();
  expect(project({ deal: { ...won, closedOn: "2026-01-14" } }).cycleDays).toBeNull();
});

describe("the document on its day", () => {
  const [today, tomorrow] = ["2026-04-30", "2026-05-01"];
  it("keeps what is dated on the day and leaves out what is dated after it", () => {
    const registration: Facts["registrations"][number] = {
      ...{ id: "R-1", partnerId: "P-1", submittedOn: today, recordedOn: today },
      ...{ status: "approved", decidedOn: today, source: null, secondHandOn: null },
    };
    const ruling = { id: "G-1", partnerId: "P-1", model: "two_bucket", outcome: "none" } as const;
    const kept = {
      stages: [{ stage: 3, enteredOn: today } as const],
      registrations: [registration],
      roles: [row({ recordedOn: today, confirmedOn: today })],
      activities: [activity({ occurredOn: today, recordedOn: today })],
      rulings: [{ ...ruling, decidedOn: today }],
    };
    const { facts } = judgement({
      facts: {
        stages: [...kept.stages, { stage: 4, enteredOn: tomorrow }],
        registrations: [...kept.registrations, { ...registration, id: "R-2", submittedOn: tomorrow }],
        roles: [...kept.roles, row({ id: "T-2", recordedOn: tomorrow, confirmedOn: null })],
        activities: [
          ...kept.activities,
          activity({ id: "A-2", occurredOn: today, recordedOn: tomorrow }),
          activity({ id: "A-3", occurredOn: tomorrow, recordedOn: today }),
        ],
        rulings: [...kept.rulings, { ...ruling, id: "G-2", decidedOn: tomorrow }],
      },
    });
    expect(factsOnDay(facts)).toEqual({ ...facts, ...kept });
  });

  it("has a row that is confirmed later as not confirmed yet", () => {
    const { facts } = judgement({ facts: { roles: [row({ confirmedOn: tomorrow })] } });
    expect(factsOnDay(facts).roles).toEqual([row({ confirmedOn: null })]);
  });
});

test("what is closed without confirmation is exactly what the list calls unanswered", () => {
  fc.assert(
    fc.property(factsArbitrary, policyArbitrary, fc.boolean(), (facts, policy, noPartner) => {
      const result = classify(policy, facts);
      const judged = { facts, result, policyHash: "", account: null, owner: "" };
      const { status } = projectDeal({ ...judged, noPartnerOn: noPartner ? facts.deal.createdOn : null });
      const kinds = findingsOn({ facts, policy, result, noPartner, gate: null, drifts: [] }).map(
        ({ kind }) => kind,
      );
      expect(kinds.includes("unconfirmed")).toBe(status === "unanswered");
    }),
  );
});
