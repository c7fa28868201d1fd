// Long: a table of readings, one situation a test, over one set of facts.
import { describe, expect, it } from "vitest";
import { classify } from "./classify";
import type { Activity, DealFacts, Facts, Registration, RoleRow } from "./facts";
import { type Policy, PRESETS } from "./policy";
import type { PartnerResult, Result } from "./result";

/** Readings of domain.md §4-§6 that the worked cases leave open, one situation a test. */

const row = (overrides: Partial<RoleRow> = {}): RoleRow => ({
  id: "T-1",
  partnerId: "P-1",
  role: "sourcer",
  touchStage: 0,
  touchedOn: "2026-01-08",
  recordedOn: "2026-01-12",
  confirmedOn: "2026-01-12",
  source: null,
  secondHandOn: null,
  ...overrides,
});

const registration = (overrides: Partial<Registration> = {}): Registration => {
  const { submittedOn = "2026-01-08", status = "approved" } = overrides;
  return {
    id: "R-1",
    partnerId: "P-1",
    submittedOn,
    recordedOn: submittedOn,
    status,
    decidedOn: status === "pending" ? null : submittedOn,
    source: null,
    secondHandOn: null,
    ...overrides,
  };
};

const activity = (overrides: Partial<Activity> = {}): Activity => ({
  id: "A-1",
  partnerId: "P-1",
  type: "joint_discovery",
  stage: 2,
  occurredOn: "2026-01-28",
  recordedOn: "2026-01-29",
  proof: "note:1",
  involvement: "direct",
  source: null,
  secondHandOn: null,
  ...overrides,
});

function factsWith({
  deal,
  ...overrides
}: Partial<Omit<Facts, "deal">> & { deal?: Partial<DealFacts> }): Facts {
  return {
    asOf: "2026-04-30",
    deal: {
      id: "D-1",
      amount: 3_000_000,
      currency: "USD",
      type: "new",
      route: "direct",
      createdOn: "2026-01-10",
      closedOn: null,
      outcome: "open",
      firstEngagedOn: null,
      recreatedFrom: null,
      amendedOn: null,
      ...deal,
    },
    stages: [
      { stage: 1, enteredOn: "2026-01-10" },
      { stage: 2, enteredOn: "2026-01-25" },
    ],
    partners: [],
    registrations: [],
    roles: [],
    activities: [],
    rulings: [],
    cohort: { medianCycleDays: null },
    ...overrides,
  };
}

const WON = { outcome: "won", closedOn: "2026-04-02" } as const;

const first = (result: Result): PartnerResult => result.partners[0] as PartnerResult;
const testOf = (partner: PartnerResult, name: string) => partner.tests.find(({ test }) => test === name);

describe("the facts behind a test that failed", () => {
  it("are the activities that would count if documented, none of after the sale", () => {
    const activities = [2, 4, 5, 6].map((stage) =>
      activity({ id: `A-${stage}`, stage: stage as Activity["stage"], type: "joint_demo", proof: null }),
    );
    const partner = first(classify(PRESETS.lanes, factsWith({ activities })));
    expect(testOf(partner, "any")).toMatchObject({ passed: false, facts: ["A-2", "A-4", "A-5"] });
    expect(testOf(partner, "late")).toMatchObject({ passed: false, facts: ["A-4", "A-5"] });
    expect(testOf(partner, "co_sell")).toMatchObject({ passed: false, facts: ["A-2", "A-4", "A-5"] });
  });
});

describe("a dispute", () => {
  it("names only what matters: the row that would source, not the proof that would merely influence", () => {
    const facts = factsWith({ roles: [row({ confirmedOn: null })], activities: [activity({ proof: null })] });
    const { disputed, missing } = first(classify(PRESETS.two_bucket, facts));
    expect({ disputed, missing }).toEqual({
      disputed: "sourced",
      missing: [{ factId: "T-1", lacks: "confirmation" }],
    });
  });

  it("asks the AE's confirmation before the approval of a registration when either would do", () => {
    const facts = factsWith({
      roles: [row({ confirmedOn: null })],
      registrations: [registration({ submittedOn: "2026-01-08", status: "pending" })],
    });
    expect(first(classify(PRESETS.two_bucket, facts)).missing).toEqual([
      { factId: "T-1", lacks: "confirmation" },
    ]);
  });

  it("asks for every proof that co-sell needs", () => {
    const facts = factsWith({
      activities: [activity({ proof: null }), activity({ id: "A-2", proof: null })],
    });
    const { outcome, disputed, missing } = first(classify(PRESETS.triple_tier, facts));
    expect({ outcome, disputed, missing }).toEqual({
      outcome: "none",
      disputed: "co_sell",
      missing: [
        { factId: "A-1", lacks: "proof" },
        { factId: "A-2", lacks: "proof" },
      ],
    });
  });

  it("names the months that owe updates, and how many", () => {
    const facts = factsWith({
      deal: { amount: 4_000_001 },
      roles: [row()],
      activities: [activity({ occurredOn: "2026-02-03", recordedOn: "2026-02-03" })],
    });
    const { outcome, disputed, missing, next } = first(classify(PRESETS.triple_tier, facts));
    expect({ outcome, disputed, missing }).toEqual({
      outcome: "influence",
      disputed: "sourced",
      missing: [
        { factId: "D-1", lacks: "updates", month: "2026-02", count: 1 },
        { factId: "D-1", lacks: "updates", month: "2026-03", count: 2 },
      ],
    });
    expect(next).toEqual({ outcome: "co_sell", missing: ["co_sell:1"] });
  });

  it("does not arise from a record that came too late", () => {
    const facts = factsWith({ deal: WON, activities: [activity({ recordedOn: "2026-04-03", proof: null })] });
    const result = classify(PRESETS.two_bucket, facts);
    expect(first(result).disputed).toBeNull();
    expect(result.gray).toEqual(["late_record"]);
  });

  it("is settled by the proof that makes a late row contemporaneous", () => {
    const facts = factsWith({
      deal: WON,
      roles: [row({ recordedOn: "2026-04-10" })],
      activities: [activity({ type: "training", proof: null })],
    });
    const { disputed, missing } = first(classify(PRESETS.roi_buckets, facts));
    expect({ disputed, missing }).toEqual({
      disputed: "sourced",
      missing: [{ factId: "A-1", lacks: "proof" }],
    });
  });
});

describe("updates", () => {
  const facts = factsWith({ deal: { amount: 4_000_001 }, roles: [row()] });

  it("only noted, leave the partner sourced with a failed test", () => {
    const partner = first(classify(PRESETS.two_bucket, facts));
    expect([partner.outcome, partner.disputed, testOf(partner, "updates")?.passed]).toEqual([
      "sourced",
      null,
      false,
    ]);
  });

  it("owed for longer, once an earlier touch is confirmed, withhold sourced until they are met", () => {
    const registered = factsWith({
      deal: { amount: 4_000_001 },
      stages: [{ stage: 1, enteredOn: "2026-01-10" }],
      registrations: [registration({ submittedOn: "2026-03-20", status: "approved" })],
      roles: [row({ confirmedOn: null })],
    });
    const confirmed: Facts = { ...registered, roles: [row()] };
    expect(first(classify(PRESETS.triple_tier, registered)).outcome).toBe("sourced");
    const { outcome, disputed, missing } = first(classify(PRESETS.triple_tier, confirmed));
    expect({ outcome, disputed, months: missing.length }).toEqual({
      outcome: "none",
      disputed: "sourced",
      months: 2,
    });
  });
});

describe("a ruling", () => {
  const ruling = { partnerId: "P-1", model: "two_bucket", outcome: "influenced" } as const;

  it("alone puts a partner on the deal", () => {
    const facts = factsWith({ rulings: [{ ...ruling, id: "X-1", decidedOn: "2026-04-20" }] });
    const { partnerId, rule, credit } = first(classify(PRESETS.two_bucket, facts));
    expect({ partnerId, rule, credit }).toEqual({
      partnerId: "P-1",
      rule: "X-1",
      credit: { influenced: 3_000_000 },
    });
  });

  it("of the same day yields to the one with the later id", () => {
    const facts = factsWith({
      rulings: [
        { ...ruling, id: "X-2", decidedOn: "2026-04-20", outcome: "none" },
        { ...ruling, id: "X-1", decidedOn: "2026-04-20" },
      ],
    });
    expect(first(classify(PRESETS.two_bucket, facts)).rule).toBe("X-2");
  });

  it("under another model leaves the partner on the deal, unjudged by it", () => {
    const facts = factsWith({
      rulings: [
        { id: "X-1", partnerId: "P-1", model: "lanes", outcome: "influenced", decidedOn: "2026-04-20" },
      ],
    });
    expect(classify(PRESETS.two_bucket, facts).partners.map(({ outcome }) => outcome)).toEqual(["none"]);
  });

  it("that a partner is sourced ends influence after the sale for the others", () => {
    const facts = factsWith({
      deal: WON,
      roles: [row({ role: "influencer", touchStage: 2, touchedOn: "2026-01-28" })],
      activities: [activity({ stage: 6, occurredOn: "2026-04-20", recordedOn: "2026-04-20" })],
    });
    const ruled: Facts = {
      ...facts,
      rulings: [
        { id: "X-1", partnerId: "P-2", model: "triple_tier", outcome: "sourced", decidedOn: "2026-04-20" },
      ],
    };
    expect(classify(PRESETS.triple_tier, facts).outcome).toBe("influence");
    expect(classify(PRESETS.triple_tier, ruled).partners.map(({ outcome }) => outcome)).toEqual([
      "none",
      "sourced",
    ]);
  });
});

describe("the stage on a day", () => {
  it("is the later in the list of two entered on that day", () => {
    const stages = [
      { stage: 1, enteredOn: "2026-01-10" },
      { stage: 2, enteredOn: "2026-01-10" },
    ] as const;
    const registrations = [registration({ submittedOn: "2026-01-10", status: "approved" })];
    const forward = classify(PRESETS.two_bucket, factsWith({ stages: [...stages], registrations }));
    const backward = classify(
      PRESETS.two_bucket,
      factsWith({ stages: [...stages].reverse(), registrations }),
    );
    expect([forward.outcome, backward.outcome]).toEqual(["none", "sourced"]);
  });
});

describe("acceleration", () => {
  it.each([
    [0.3, 90, "2026-03-14", true],
    [0.3, 90, "2026-03-15", false],
    [0.25, 92.5, "2026-03-20", true],
    [0.25, 92.5, "2026-03-21", false],
    [0, 10, "2026-01-20", true],
    [1, 10, "2026-01-10", true],
  ])(
    "of %d on a median of %d days, closed on %s: %s",
    (accelerationMinimum, medianCycleDays, closedOn, passed) => {
      const policy: Policy = { ...PRESETS.roi_buckets, accelerationMinimum };
      const facts = factsWith({
        deal: { outcome: "won", closedOn },
        roles: [row()],
        cohort: { medianCycleDays },
      });
      expect(testOf(first(classify(policy, facts)), "accelerated")).toEqual({
        test: "accelerated",
        passed,
        facts: ["D-1"],
      });
    },
  );
});

describe("the next step", () => {
  it.each<[string, keyof typeof PRESETS, Partial<Facts>, PartnerResult["next"]]>([
    [
      "no motion yet",
      "two_bucket",
      { roles: [row({ role: "influencer" })] },
      { outcome: "influenced", missing: ["motion"] },
    ],
    [
      "a motion, no origin",
      "two_bucket",
      { activities: [activity()] },
      { outcome: "sourced", missing: ["origin"] },
    ],
    [
      "a motion, too late a touch",
      "two_bucket",
      { activities: [activity()], roles: [row({ touchStage: 2 })] },
      { outcome: "sourced", missing: ["gate"] },
    ],
    [
      "work, but not on the role table",
      "roi_buckets",
      { activities: [activity()] },
      { outcome: "influenced", missing: ["in_time_role"] },
    ],
    [
      "one activity of two",
      "triple_tier",
      { activities: [activity()] },
      { outcome: "co_sell", missing: ["co_sell:1"] },
    ],
    [
      "disputed, in lanes",
      "lanes",
      { activities: [activity({ proof: null, occurredOn: "2026-04-01", recordedOn: "2026-04-01" })] },
      { outcome: "assisted_close", missing: ["late"] },
    ],
    ["sourced", "two_bucket", { roles: [row()] }, null],
  ])("with %s, in %s", (_, preset, facts, next) => {
    expect(first(classify(PRESETS[preset], factsWith(facts))).next).toEqual(next);
  });

  it("skips a bucket that the policy switches off", () => {
    const facts = factsWith({ roles: [row({ role: "influencer" })] });
    const next = first(classify({ ...PRESETS.two_bucket, assisted: true }, facts)).next;
    expect(next).toEqual({ outcome: "assisted", missing: ["late"] });
  });
});
