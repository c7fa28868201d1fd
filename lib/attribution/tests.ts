import type { Policy } from "./policy";
import { TESTS, type TestName } from "./vocabulary";

/** Which tests a partner passes, or a rule needs: a bit each, in the order of the vocabulary. */
export type Tests = number;

/** What a fact is in a partner's evidence, a bit each; weighing.ts says when. */
export const MARKS = {
  /** An activity at stage 0-5, whether or not it is documented; of those the motions, co-selling and late ones. */
  activity: 1 << 0,
  motion: 1 << 1,
  coSelling: 1 << 2,
  late: 1 << 3,
  /** The same, documented and counting: four places further, which weighing.ts relies on. */
  documented: 1 << 4,
  documentedMotion: 1 << 5,
  documentedCoSelling: 1 << 6,
  documentedLate: 1 << 7,
  /** An activity that may be an update. */
  update: 1 << 8,
  /** Proven work at stage 6, or a row recorded by the close. */
  postSale: 1 << 9,
  /** A registration, or a row that claims the origin. */
  claim: 1 << 10,
  /** Origin evidence; that at the touch stage; that of the touch day. */
  touch: 1 << 11,
  touchOfStage: 1 << 12,
  touchOfDay: 1 << 13,
  row: 1 << 14,
  rowInTime: 1 << 15,
} as const;

/** One partner's facts, weighed: the counts of what counts. */
export interface Weighed {
  readonly policy: Policy;
  /** How much origin evidence there is; its smallest stage and its first day, both later than any without it. */
  readonly touches: number;
  readonly touchStage: number;
  readonly touchDay: number;
  /** The day of our own first touch; later than any when there was none. */
  readonly firstEngagedOn: number;
  /** Documented activities, and how many of them are motions, co-selling and late. */
  readonly documented: number;
  readonly motions: number;
  readonly coSelling: number;
  readonly late: number;
  /** Whether work after the sale may count on the deal, how much there is, and rows recorded by the close. */
  readonly countsPostSale: boolean;
  readonly workPostSale: number;
  readonly rowsByClose: number;
  readonly rowsInTime: number;
  /** The deal was clearly faster than its like. */
  readonly accelerated: boolean;
  /** Of a sourced partner: months short of the updates it owes. */
  shortMonths(): number;
}

interface Test {
  /** Asked of a partner's facts as they were weighed, and of the tests above it. */
  holds(weighed: Weighed, passed: Tests): boolean;
  /** The marks of the facts that a passed test rests on. */
  rests: number;
  /** The marks of those that come near a failed one and fall short. */
  near: number;
}

const bit = (test: TestName): Tests => 1 << TESTS.indexOf(test);
export const ORIGIN = bit("origin");
export const GATE = bit("gate");
export const NET_NEW = bit("net_new");
export const SOURCED = bit("sourced");
export const UPDATES = bit("updates");

/** The tests of domain.md §4, in an order in which each may ask those before it: the vocabulary's. */
const TABLE: Readonly<Record<TestName, Test>> = {
  origin: {
    holds: (weighed) => weighed.touches > 0,
    rests: MARKS.touch,
    near: MARKS.claim,
  },
  gate: {
    holds: ({ touchStage, policy }) => touchStage <= policy.sourcedAtOrBefore,
    rests: MARKS.touchOfStage,
    near: MARKS.touchOfStage,
  },
  net_new: {
    holds: (weighed) => weighed.touches > 0 && weighed.firstEngagedOn >= weighed.touchDay,
    rests: MARKS.touchOfDay,
    near: MARKS.touchOfDay,
  },
  sourced: {
    holds: (_, passed) => hasAll(passed, ORIGIN | GATE | NET_NEW),
    rests: MARKS.touch,
    near: MARKS.touch,
  },
  updates: {
    holds: (weighed, passed) => !hasAll(passed, SOURCED) || weighed.shortMonths() === 0,
    rests: MARKS.update,
    near: MARKS.update,
  },
  motion: {
    holds: (weighed) => weighed.motions > 0,
    rests: MARKS.documentedMotion,
    near: MARKS.motion,
  },
  co_sell: {
    holds: ({ coSelling, policy }) => coSelling >= policy.coSellMinimum,
    rests: MARKS.documentedCoSelling,
    near: MARKS.coSelling,
  },
  any: {
    holds: (weighed) => weighed.documented > 0,
    rests: MARKS.documented,
    near: MARKS.activity,
  },
  late: {
    holds: (weighed) => weighed.late > 0,
    rests: MARKS.documentedLate,
    near: MARKS.late,
  },
  post_sale: {
    holds: (weighed) => weighed.countsPostSale && weighed.workPostSale > 0 && weighed.rowsByClose > 0,
    rests: MARKS.postSale,
    near: MARKS.postSale,
  },
  // Its one fact is the deal itself.
  accelerated: { holds: (weighed) => weighed.accelerated, rests: 0, near: 0 },
  in_time_role: {
    holds: (weighed) => weighed.rowsInTime > 0,
    rests: MARKS.rowInTime,
    near: MARKS.row,
  },
};

/** In the order of the vocabulary. */
export const ORDERED: readonly Test[] = TESTS.map((test) => TABLE[test]);

/** The tests of a list, as bits. */
export function testsIn(names: readonly TestName[]): Tests {
  return names.reduce((tests, name) => tests | bit(name), 0);
}

export function hasAll(tests: Tests, wanted: Tests): boolean {
  return (tests & wanted) === wanted;
}
