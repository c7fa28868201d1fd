import { dayFromNumber, daysBetween } from "../calendar";
import { ACTIVITY, NEVER, ROLE } from "./columns";
import type { Day, Facts } from "./facts";
import { type Policy, updatesOwedAbove } from "./policy";
import type { PartnerResult, TestResult } from "./result";
import { MARKS } from "./tests";
import type { Stage, TestName } from "./vocabulary";
import { NOTHING, type Weighing, weighOne } from "./weighing";

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

/** One partner's evidence, weighed as the tests of §4 read it. */
interface Seen {
  facts: Facts;
  policy: Policy;
  weighing: Weighing;
  /** How many it has on the deal, whatever they are worth. */
  activities: number;
  rows: number;
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
  const weighing = weighOne(policy, facts);
  return Object.fromEntries(
    partners.flatMap(({ partnerId, tests }) => {
      const partner = weighing.table.partnerIds.indexOf(partnerId);
      return partner === -1 ? [] : [[partnerId, measured(seenOf(facts, weighing, partner), tests)]];
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
function seenOf(facts: Facts, weighing: Weighing, partner: number): Seen {
  const { table, policy, compiled } = weighing;
  weighing.weigh(partner, compiled.least, NOTHING);
  const found = { activities: 0, rows: 0 };
  let stage = weighing.touchStage;
  let day = weighing.touchDay;
  for (let at = 0; at < table.facts; at++) {
    if (table.partner[at] !== partner) continue;
    if (table.kind[at] === ACTIVITY) found.activities += 1;
    if (table.kind[at] === ROLE) found.rows += 1;
    if (weighing.touches > 0 || (weighing.marks[at]! & MARKS.claim) === 0) continue;
    stage = Math.min(stage, table.stage[at]!);
    day = Math.min(day, table.happenedOn[at]!);
  }
  return {
    ...{ facts, policy, weighing, ...found },
    touchStage: stage === NEVER ? null : (stage as Stage),
    touchDay: day === NEVER ? null : dayFromNumber(day),
  };
}

const READ: Readonly<Record<TestName, Read>> = {
  origin: ({ touchDay }) => (touchDay === null ? { because: "no_claim" } : {}),
  gate: ({ touchStage: value, policy }, passed) => ({
    measure: value === null ? null : { of: "touch_stage", value, limit: policy.sourcedAtOrBefore },
    because: passed("origin") ? null : "no_origin",
  }),
  net_new: ({ touchDay: value, facts }, passed) => ({
    measure: value === null ? null : { of: "touch_day", value, limit: facts.deal.firstEngagedOn },
    because: passed("origin") ? null : "no_origin",
  }),
  sourced: ({ touchDay }) => (touchDay === null ? { because: "no_claim" } : {}),
  updates: (seen, passed) => updates(seen, passed("sourced")),
  motion: (seen) => counted(seen, seen.weighing.motions, 1),
  co_sell: (seen) => counted(seen, seen.weighing.coSelling, seen.policy.coSellMinimum),
  any: (seen) => counted(seen, seen.weighing.documented, 1),
  late: (seen) => counted(seen, seen.weighing.late, 1),
  post_sale: ({ policy, facts }) =>
    policy.postSale !== "influence"
      ? { because: "not_in_memo" }
      : facts.deal.closedOn === null
        ? { because: "not_closed" }
        : {},
  accelerated: ({ facts, policy }) => cycle(facts, policy),
  in_time_role: ({ rows }) => (rows === 0 ? { because: "no_row" } : {}),
};

function updates({ facts: { deal }, policy, weighing }: Seen, isSourced: boolean): Found {
  const above = updatesOwedAbove(policy, deal.currency);
  if (above === null || deal.amount <= above) return { because: "none_owed" };
  if (!isSourced) return { because: "not_sourced" };
  return { measure: { of: "short_months", value: weighing.shortMonths(), limit: 0 } };
}

function counted({ activities }: Seen, value: number, limit: number): Found {
  return activities === 0 ? { because: "no_activity" } : { measure: { of: "activities", value, limit } };
}

function cycle({ deal, cohort: { medianCycleDays } }: Facts, policy: Policy): Found {
  if (deal.outcome !== "won" || deal.closedOn === null) return { because: "not_won" };
  if (deal.closedOn < deal.createdOn) return { because: "no_cycle" };
  if (medianCycleDays === null) return { because: "no_cohort" };
  const limit = Math.floor((1 - policy.accelerationMinimum) * medianCycleDays + 1e-9);
  return { measure: { of: "cycle_days", value: daysBetween(deal.createdOn, deal.closedOn), limit } };
}
