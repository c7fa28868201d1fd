import { daysBetween } from "../calendar";
import { type Evidence, evidenceFrom } from "./evidence";
import type { Activity, Day, RoleRow } from "./facts";
import { type Frame, isDocumented, rowsInTime } from "./frame";
import type { Passed } from "./models";
import {
  claimsOrigin,
  originOf,
  type Shortfall,
  type Touch,
  touchDayOf,
  touchStageOf,
  updateShortfalls,
} from "./origin";
import { updatesOwedAbove } from "./policy";
import type { TestResult } from "./result";
import { type Grade, type Stage, TESTS, type TestName } from "./vocabulary";

/** A partner's evidence weighed under the deal's frame: what the tests read. */
interface Weighed {
  frame: Frame;
  /** What counts, by its grade (§4). */
  evidence: Evidence;
  /** All of it: what a failed test points at. */
  shown: Evidence;
  rows: readonly RoleRow[];
  documented: readonly Activity[];
  touches: readonly Touch[];
  touchStage: Stage | null;
  touchDay: Day | null;
  updatesMet: boolean;
  shortfalls: readonly Shortfall[];
  coSelling: number;
  dealIsSourced: boolean;
}

/** What the tests find on one partner. */
export interface Findings extends Pick<Weighed, "touches" | "coSelling" | "shortfalls"> {
  tests: TestResult[];
  passed: Passed;
}

export interface Assumptions {
  /** Some partner on the deal is sourced (§4 post-sale). */
  dealIsSourced: boolean;
  /** Take owed updates as met (§5 dispute). */
  updatesMet?: boolean;
  /** The least grade that counts; the policy's unless told (§5 evidence). */
  least?: Grade;
}

type Verdict = Pick<TestResult, "passed" | "facts">;
type Judge = (weighed: Weighed, passed: Passed) => Verdict;

/**
 * The tests of domain.md §4, in an order in which each may ask those before it. The facts of a passed
 * test are those it rests on; of a failed one, those that come near and fall short.
 */
const TABLE: readonly (readonly [TestName, Judge])[] = [
  [
    "origin",
    ({ touches, shown }) =>
      touches.length > 0
        ? pass(touches.map((touch) => touch.factId))
        : fail([...idsOf(shown.registrations), ...idsOf(shown.roles.filter(claimsOrigin))]),
  ],
  [
    "gate",
    ({ touches, touchStage, frame }) =>
      verdict(
        touchStage !== null && touchStage <= frame.policy.sourcedAtOrBefore,
        touches.filter((touch) => touch.stage === touchStage).map((touch) => touch.factId),
      ),
  ],
  [
    "net_new",
    ({ touches, touchDay, frame: { deal } }) =>
      verdict(
        touchDay !== null && (deal.firstEngagedOn === null || deal.firstEngagedOn >= touchDay),
        touches.filter((touch) => touch.day === touchDay).map((touch) => touch.factId),
      ),
  ],
  [
    "sourced",
    ({ touches }, passed) =>
      verdict(
        passed.origin && passed.gate && passed.net_new,
        touches.map((touch) => touch.factId),
      ),
  ],
  [
    "updates",
    (weighed, passed) => {
      const { frame, touchDay, evidence } = weighed;
      const above = updatesOwedAbove(frame.policy, frame.deal.currency);
      const owed = passed.sourced && above !== null && frame.deal.amount > above;
      if (!owed || weighed.updatesMet) return pass([]);
      weighed.shortfalls = updateShortfalls(frame, touchDay as Day, evidence.activities);
      return verdict(weighed.shortfalls.length === 0, idsOf(evidence.activities));
    },
  ],
  ["motion", (weighed) => enough(weighed, 1, isMotion)],
  ["co_sell", (weighed) => enough(weighed, weighed.frame.policy.coSellMinimum, isCoSelling)],
  ["any", (weighed) => enough(weighed, 1, ({ stage }) => stage <= 5)],
  ["late", (weighed) => enough(weighed, 1, isLateStage)],
  [
    "post_sale",
    ({ frame: { policy, closedOn }, evidence, dealIsSourced }) => {
      const work = evidence.activities.filter(({ stage, proof }) => stage === 6 && proof !== null);
      const rows = evidence.roles.filter((row) => closedOn !== null && row.recordedOn <= closedOn);
      const counts = closedOn !== null && policy.postSale === "influence" && !dealIsSourced;
      return verdict(counts && work.length > 0 && rows.length > 0, [...idsOf(work), ...idsOf(rows)]);
    },
  ],
  ["accelerated", ({ frame }) => verdict(isAccelerated(frame), [frame.deal.id])],
  [
    "in_time_role",
    ({ rows, shown }) => verdict(rows.length > 0, idsOf(rows.length > 0 ? rows : shown.roles)),
  ],
];

const NONE_PASSED = Object.fromEntries(TESTS.map((test) => [test, false])) as Passed;

/** Runs every test on one partner's evidence, in the order of the table. */
export function runTests(frame: Frame, shown: Evidence, assumptions: Assumptions): Findings {
  const evidence = evidenceFrom(shown, assumptions.least ?? frame.policy.evidence);
  const rows = rowsInTime(frame, evidence.roles, evidence.activities);
  const touches = originOf(frame, evidence, rows);
  const documented = evidence.activities.filter((activity) => isDocumented(frame, activity));
  const weighed: Weighed = {
    frame,
    evidence,
    shown,
    rows,
    documented,
    touches,
    touchStage: touchStageOf(touches),
    touchDay: touchDayOf(touches),
    updatesMet: assumptions.updatesMet ?? false,
    shortfalls: [],
    coSelling: documented.filter(isCoSelling).length,
    dealIsSourced: assumptions.dealIsSourced,
  };
  const tests: TestResult[] = [];
  const passed: Record<TestName, boolean> = { ...NONE_PASSED };
  for (const [test, judge] of TABLE) {
    const { passed: holds, facts } = judge(weighed, passed);
    passed[test] = holds;
    tests.push({ test, passed: holds, facts });
  }
  return {
    tests,
    passed,
    touches,
    coSelling: weighed.coSelling,
    shortfalls: weighed.shortfalls,
  };
}

/** At least `minimum` documented activities that count; failing that, every activity that would count if documented. */
function enough(
  weighed: Weighed,
  minimum: number,
  counts: (activity: Activity, frame: Frame) => boolean,
): Verdict {
  const { frame, documented, shown } = weighed;
  if (shown.activities.length === 0) return fail([]);
  const found = documented.filter((activity) => counts(activity, frame));
  if (found.length >= minimum) return pass(idsOf(found));
  return fail(idsOf(shown.activities.filter((activity) => activity.stage <= 5 && counts(activity, frame))));
}

/** A named motion before selling is over (§4 motion). */
export function isMotion({ type, stage }: Activity, { policy }: Frame): boolean {
  return stage < policy.influencedBefore && policy.motions.includes(type);
}

/** Work in the selling stages (§4 co_sell). */
export function isCoSelling({ stage, involvement }: Activity): boolean {
  return stage === 2 || stage === 3 || ((stage === 4 || stage === 5) && involvement === "direct");
}

/** Work from the stage on that no longer influences (§4 late). */
export function isLateStage({ stage }: Activity, { policy }: Frame): boolean {
  return stage >= policy.influencedBefore;
}

function isAccelerated({ deal, medianCycleDays, policy }: Frame): boolean {
  if (deal.outcome !== "won" || deal.closedOn === null || medianCycleDays === null) return false;
  if (deal.closedOn < deal.createdOn) return false;
  // 0.7 × 90 is 62.99… in doubles: a day that meets the bound exactly must not fail on that.
  const bound = (1 - policy.accelerationMinimum) * medianCycleDays + 1e-9;
  return daysBetween(deal.createdOn, deal.closedOn) <= bound;
}

function idsOf(facts: readonly { id: string }[]): string[] {
  return facts.map(({ id }) => id);
}

function verdict(passed: boolean, facts: string[]): Verdict {
  return { passed, facts: facts.length > 1 ? facts.sort() : facts };
}

function pass(facts: string[]): Verdict {
  return verdict(true, facts);
}

function fail(facts: string[]): Verdict {
  return verdict(false, facts);
}
