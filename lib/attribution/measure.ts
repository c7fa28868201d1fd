import { daysBetween } from "../calendar";
import { type Evidence, evidenceFrom, gatherEvidence } from "./evidence";
import type { Day, Facts } from "./facts";
import { type Frame, frameOf, isDocumented, rowsInTime, stageOn } from "./frame";
import { claimsOrigin, originOf, touchDayOf, touchStageOf, updateShortfalls } from "./origin";
import { type Policy, updatesOwedAbove } from "./policy";
import type { PartnerResult, TestResult } from "./result";
import { isCoSelling, isLateStage, isMotion } from "./tests";
import type { Stage, TestName } from "./vocabulary";

/** Why a test was not reached: what it would measure is not there. */
export const UNREACHED = [
  "no_claim",
  "no_origin",
  "no_activity",
  "no_row",
  "not_sourced",
  "none_owed",
  "not_won",
  "no_cycle",
  "no_cohort",
  "not_closed",
  "not_in_memo",
] as const;

/** What a test measured beside its limit, as data; sentences are made in sentence.ts. */
export type Measure =
  /** The earliest stage it claims to have touched the deal at, and the latest that the gate lets through. */
  | { of: "touch_stage"; value: Stage; limit: number }
  /** The day of its first touch, and when our own team first engaged the account; null when it never did. */
  | { of: "touch_day"; value: Day; limit: Day | null }
  /** How many documented activities count, and how many it takes. */
  | { of: "activities"; value: number; limit: number }
  /** Whole months that were short of updates; none may be. */
  | { of: "short_months"; value: number; limit: 0 }
  /** Days from creation to the win, and the most that count as clearly faster. */
  | { of: "cycle_days"; value: number; limit: number };

/** A test as people read it: whether it was reached at all, and what it measured. */
export interface Measured {
  test: TestName;
  state: "passed" | "failed" | "not_reached";
  measure: Measure | null;
  /** Set when it was not reached. */
  because: (typeof UNREACHED)[number] | null;
}

type Found = Partial<Pick<Measured, "measure" | "because">>;
type Read = (seen: Seen, passed: (test: TestName) => boolean) => Found;

/** One partner's evidence under the deal's frame, as the tests of §4 read it. */
interface Seen {
  frame: Frame;
  shown: Evidence;
  evidence: Evidence;
  touchStage: Stage | null;
  touchDay: Day | null;
}

/**
 * What every test of a result measured, by partner (domain.md §4): the value beside the limit of the
 * policy. A test whose ground is missing, a gate without a touch, was not reached: it says nothing.
 */
export function measureTests(
  policy: Policy,
  facts: Facts,
  partners: readonly PartnerResult[],
): Record<string, Measured[]> {
  const frame = frameOf(policy, facts);
  const all = new Map(gatherEvidence(facts, policy.model).map((one) => [one.partnerId, one]));
  return Object.fromEntries(
    partners.flatMap(({ partnerId, tests }) => {
      const shown = all.get(partnerId);
      return shown ? [[partnerId, measured(seenOf(frame, shown), tests)]] : [];
    }),
  );
}

function measured(seen: Seen, tests: readonly TestResult[]): Measured[] {
  const passed = (name: TestName) => tests.some((one) => one.test === name && one.passed);
  return tests.map((one) => {
    const { measure = null, because = null } = READ[one.test](seen, passed);
    const state = because !== null ? "not_reached" : one.passed ? "passed" : "failed";
    return { test: one.test, state, measure, because };
  });
}

/** The touches that count; failing those, what it claims of its own: a gate that was not reached shows how near it is. */
function seenOf(frame: Frame, shown: Evidence): Seen {
  const evidence = evidenceFrom(shown, frame.policy.evidence);
  const touches = originOf(frame, evidence, rowsInTime(frame, evidence.roles, evidence.activities));
  const claims = [
    ...shown.registrations.map(({ submittedOn: day }) => ({ day, stage: stageOn(frame.stages, day) })),
    ...shown.roles.filter(claimsOrigin).map((row) => ({ day: row.touchedOn, stage: row.touchStage })),
  ].map((claim) => ({ ...claim, factId: "", ordinary: true }));
  const read = touches.length > 0 ? touches : claims;
  return { frame, shown, evidence, touchStage: touchStageOf(read), touchDay: touchDayOf(read) };
}

const READ: Readonly<Record<TestName, Read>> = {
  origin: ({ touchDay }) => (touchDay === null ? { because: "no_claim" } : {}),
  gate: ({ touchStage: value, frame }, passed) => ({
    measure: value === null ? null : { of: "touch_stage", value, limit: frame.policy.sourcedAtOrBefore },
    because: passed("origin") ? null : "no_origin",
  }),
  net_new: ({ touchDay: value, frame }, passed) => ({
    measure: value === null ? null : { of: "touch_day", value, limit: frame.deal.firstEngagedOn },
    because: passed("origin") ? null : "no_origin",
  }),
  sourced: ({ touchDay }) => (touchDay === null ? { because: "no_claim" } : {}),
  updates: (seen, passed) => updates(seen, passed("sourced")),
  motion: (seen) => counted(seen, 1, isMotion),
  co_sell: (seen) => counted(seen, seen.frame.policy.coSellMinimum, isCoSelling),
  any: (seen) => counted(seen, 1, ({ stage }) => stage <= 5),
  late: (seen) => counted(seen, 1, isLateStage),
  post_sale: ({ frame }) =>
    frame.policy.postSale !== "influence"
      ? { because: "not_in_memo" }
      : frame.closedOn === null
        ? { because: "not_closed" }
        : {},
  accelerated: ({ frame }) => cycle(frame),
  in_time_role: ({ shown }) => (shown.roles.length === 0 ? { because: "no_row" } : {}),
};

function updates({ frame, touchDay, evidence }: Seen, isSourced: boolean): Found {
  const above = updatesOwedAbove(frame.policy, frame.deal.currency);
  if (above === null || frame.deal.amount <= above) return { because: "none_owed" };
  if (!isSourced || touchDay === null) return { because: "not_sourced" };
  const { length: value } = updateShortfalls(frame, touchDay, evidence.activities);
  return { measure: { of: "short_months", value, limit: 0 } };
}

function counted({ frame, shown, evidence }: Seen, limit: number, counts: typeof isMotion): Found {
  if (shown.activities.length === 0) return { because: "no_activity" };
  const { length: value } = evidence.activities.filter(
    (activity) => isDocumented(frame, activity) && counts(activity, frame),
  );
  return { measure: { of: "activities", value, limit } };
}

function cycle({ deal, medianCycleDays, policy }: Frame): Found {
  if (deal.outcome !== "won" || deal.closedOn === null) return { because: "not_won" };
  if (deal.closedOn < deal.createdOn) return { because: "no_cycle" };
  if (medianCycleDays === null) return { because: "no_cohort" };
  const limit = Math.floor((1 - policy.accelerationMinimum) * medianCycleDays + 1e-9);
  return { measure: { of: "cycle_days", value: daysBetween(deal.createdOn, deal.closedOn), limit } };
}
