// Long: one pass over a partner's facts, from what each is to what they come to, told in one place.
import { monthOfNumber } from "../calendar";
import {
  ACTIVITY,
  AFTER_SALE,
  CLAIMS_ORIGIN,
  DIRECT,
  FactsTable,
  NEVER,
  OPEN,
  RECREATED,
  ROLE,
  WHOLE,
} from "./columns";
import { CompiledPolicy, MOTION, PROGRAM } from "./compiled";
import type { Facts } from "./facts";
import type { Policy } from "./policy";
import { MARKS, ORDERED, type Tests, type Weighed } from "./tests";
import { DEAL_OUTCOMES } from "./vocabulary";

const WON = DEAL_OUTCOMES.indexOf("won");

/** Bits of a fact under a policy. */
const IN_TIME = 1;
const DOCUMENTABLE = 2;
const IN_PROGRAM = 4;
const RECORDED_LATE = 8;
const RECORDED_DELAYED = 16;

/** Which gaps of a partner's evidence are thought filled (§5 dispute): none, or both kinds of every fact. */
export const AS_IT_IS = 0;
/** Proof, confirmation or approval. */
export const OWN_GAP = 1;
/** A second hand. */
export const HAND_GAP = 2;
/** As `filled` has it, fact by fact. */
export const SOME_FILLED = -1;

/** How a partner is weighed. */
export interface Supposing {
  /** Which gaps are filled. */
  filled: number;
  /** Take owed updates as met. */
  updatesMet: boolean;
}

export const NOTHING: Supposing = { filled: AS_IT_IS, updatesMet: false };
export const ALL_FILLED: Supposing = { filled: OWN_GAP | HAND_GAP, updatesMet: true };

/**
 * A deal under a policy, one partner's evidence at a time: one pass over its facts counts what the tests of
 * domain.md §4 ask for. Numbers alone, and one object for any number of deals: whatever `weigh` has left holds until
 * it is called again.
 */
export class Weighing implements Weighed {
  readonly policy: Policy;

  /** Of the deal (`open`). */
  firstEngagedOn = NEVER;
  accelerated = false;
  /** Some fact was recorded after the close, or by then but delayed (§6). */
  hasLate = false;
  hasDelayed = false;
  /** Work after the sale may count on it (§4 post-sale). */
  countsPostSale = false;

  /** Of the partner (`weigh`): what counts. */
  touches = 0;
  /** Origin evidence that needs no program. */
  ordinaryTouches = 0;
  /** `NEVER` without origin. */
  touchStage = NEVER;
  touchDay = NEVER;
  documented = 0;
  motions = 0;
  coSelling = 0;
  late = 0;
  workPostSale = 0;
  rowsByClose = 0;
  rowsInTime = 0;
  /** The grades of its facts, a bit each. */
  grades = 0;
  /** Whether a gap could be filled. */
  hasGaps = false;
  /** Whether the months were counted: it is sourced and owes updates. */
  owesUpdates = false;
  /** `MARKS` of each fact of the deal; those of the partner's own are of this weighing. */
  readonly marks: number[] = [];
  /** Gaps of each fact of the deal that are thought filled. */
  readonly filled: number[] = [];

  firstFact = 0;
  endFact = 0;
  deal = 0;
  private closedOn = NEVER;
  private partner = 0;
  private least = 0;
  private supposed = NOTHING;
  private readonly flags: number[] = [];
  private readonly near: number[] = [];
  private firstMonth = 0;
  /** Updates by month, from `firstMonth` on. */
  private readonly months: number[] = [];

  constructor(
    readonly table: FactsTable,
    readonly compiled: CompiledPolicy,
  ) {
    this.policy = compiled.policy;
  }

  /** Turns to a deal: what no partner changes. */
  open(deal: number): void {
    const { table, compiled, policy } = this;
    this.deal = deal;
    this.firstFact = table.firstFact[deal]!;
    this.endFact = table.firstFact[deal + 1]!;
    const closedOn = table.closedOn[deal]!;
    this.closedOn = closedOn;
    this.firstEngagedOn = table.firstEngagedOn[deal]!;
    this.countsPostSale = compiled.countsPostSale && closedOn !== NEVER;
    this.accelerated = isAccelerated(table, deal, policy);
    const reference = closedOn === NEVER ? table.asOf[deal]! : closedOn;
    const windowFrom = policy.influenceWindowDays === null ? 0 : reference - policy.influenceWindowDays;
    this.readFacts(windowFrom);
  }

  /** Whether somebody worked on it after the sale and that may count (§4 post-sale). */
  asksWhoSourced(): boolean {
    return this.countsPostSale && (this.table.dealBits[this.deal]! & AFTER_SALE) !== 0;
  }

  /** What each fact is under the policy, whoever's it is (§4 delayed, in time, documented). */
  private readFacts(windowFrom: number): void {
    const { table, compiled, policy, closedOn, firstFact, flags, near } = this;
    const { kind, happenedOn, recordedOn, stage, what, factBits } = table;
    const { influencedBefore, recordWithin } = policy;
    const recreated = (table.dealBits[this.deal]! & RECREATED) !== 0;
    this.hasLate = false;
    this.hasDelayed = false;
    for (let at = firstFact; at < this.endFact; at++) {
      const happened = happenedOn[at]!;
      const recorded = recordedOn[at]!;
      const late = !recreated && recorded > closedOn;
      const delayed = !recreated && recorded - happened > recordWithin.days;
      let flag = late || (delayed && compiled.refusesDelay) ? 0 : IN_TIME;
      let mark = 0;
      const isActivity = kind[at] === ACTIVITY;
      const stageOfIt = stage[at]!;
      if (isActivity) {
        if (stageOfIt <= 5) {
          if (flag === IN_TIME && happened <= closedOn && happened >= windowFrom) flag |= DOCUMENTABLE;
          mark = MARKS.activity;
          if (stageOfIt >= influencedBefore) mark |= MARKS.late;
          else if ((compiled.bits[what[at]!]! & MOTION) !== 0) mark |= MARKS.motion;
          const isCoSelling =
            stageOfIt === 2 || stageOfIt === 3 || (stageOfIt > 3 && (factBits[at]! & DIRECT) !== 0);
          if (isCoSelling) mark |= MARKS.coSelling;
        }
      } else if ((factBits[at]! & CLAIMS_ORIGIN) !== 0) {
        mark = MARKS.claim;
        if (kind[at] === ROLE && this.isInProgram(table.partner[at]!, happened)) flag |= IN_PROGRAM;
      }
      if (kind[at] === ROLE) mark |= MARKS.row;
      if (!isActivity || stageOfIt <= 5) {
        if (late) {
          flag |= RECORDED_LATE;
          this.hasLate = true;
        } else if (delayed) {
          flag |= RECORDED_DELAYED;
          this.hasDelayed = true;
        }
      }
      flags[at - firstFact] = flag;
      near[at - firstFact] = mark;
    }
  }

  /** Whether the policy excepts the partner from registration and AE tag, by a program it was in that day (§4). */
  private isInProgram(partner: number, on: number): boolean {
    const { table, compiled } = this;
    const end = table.firstMembership[partner + 1]!;
    for (let at = table.firstMembership[partner]!; at < end; at++) {
      const listed = (compiled.bits[table.program[at]!]! & PROGRAM) !== 0;
      if (listed && table.memberFrom[at]! <= on && on <= table.memberTo[at]!) return true;
    }
    return false;
  }

  /** Weighs a partner's facts of that grade or better and runs the tests, in their order. */
  weigh(partner: number, least: number, supposed: Supposing): Tests {
    this.partner = partner;
    this.least = least;
    this.supposed = supposed;
    this.count();
    let passed: Tests = 0;
    for (let at = 0; at < ORDERED.length; at++) if (ORDERED[at]!.holds(this, passed)) passed |= 1 << at;
    return passed;
  }

  private reset(): void {
    this.touches = 0;
    this.ordinaryTouches = 0;
    this.touchStage = NEVER;
    this.touchDay = NEVER;
    this.documented = 0;
    this.motions = 0;
    this.coSelling = 0;
    this.late = 0;
    this.workPostSale = 0;
    this.rowsByClose = 0;
    this.rowsInTime = 0;
    this.grades = 0;
    this.hasGaps = false;
    this.owesUpdates = false;
  }

  private count(): void {
    const { table, compiled, partner, least, firstFact, endFact, flags, near, marks } = this;
    const { filled } = this.supposed;
    const { kind, factBits, grade } = table;
    this.reset();
    // Whether rows that are not in time are excused (§4 in time). Activities lie before rows.
    let excused = false;
    for (let at = firstFact; at < endFact; at++) {
      if (table.partner[at] !== partner) continue;
      const place = at - firstFact;
      const bits = factBits[at]!;
      const gaps = filled === SOME_FILLED ? this.filled[place]! : filled;
      let stands = grade[at]!;
      if ((bits & OPEN) !== 0 || (stands === 0 && compiled.asksForTwo)) this.hasGaps = true;
      if (stands === 0 && compiled.asksForTwo && (gaps & HAND_GAP) !== 0) stands = 1;
      marks[place] = near[place]!;
      if (stands < least) continue;
      this.grades |= 1 << stands;
      const flag = flags[place]!;
      const whole = (bits & WHOLE) !== 0 || ((bits & OPEN) !== 0 && (gaps & OWN_GAP) !== 0);
      if (kind[at] === ACTIVITY) {
        this.countActivity(at, flag, whole);
        if (whole && (flag & IN_TIME) !== 0 && compiled.excusesLateRows) excused = true;
      } else if (kind[at] === ROLE) {
        this.countRow(at, flag, whole, excused);
      } else if (whole && (flag & IN_TIME) !== 0) {
        this.touch(at, true);
      }
    }
  }

  private countActivity(at: number, flag: number, proven: boolean): void {
    const place = at - this.firstFact;
    let mark = this.near[place]! | MARKS.update;
    if (proven && (flag & DOCUMENTABLE) !== 0) {
      const documented = (mark & 15) << 4;
      mark |= documented;
      this.documented += 1;
      if ((documented & MARKS.documentedMotion) !== 0) this.motions += 1;
      if ((documented & MARKS.documentedCoSelling) !== 0) this.coSelling += 1;
      if ((documented & MARKS.documentedLate) !== 0) this.late += 1;
    }
    if (proven && this.table.stage[at] === 6) {
      mark |= MARKS.postSale;
      this.workPostSale += 1;
    }
    this.marks[place] = mark;
  }

  private countRow(at: number, flag: number, confirmed: boolean, excused: boolean): void {
    const place = at - this.firstFact;
    if (this.closedOn !== NEVER && this.table.recordedOn[at]! <= this.closedOn) {
      this.marks[place]! |= MARKS.postSale;
      this.rowsByClose += 1;
    }
    if ((flag & IN_TIME) === 0 && !excused) return;
    this.marks[place]! |= MARKS.rowInTime;
    this.rowsInTime += 1;
    if ((this.near[place]! & MARKS.claim) === 0) return;
    if (confirmed || (flag & IN_PROGRAM) !== 0) this.touch(at, confirmed);
  }

  private touch(at: number, ordinary: boolean): void {
    const { stage, happenedOn } = this.table;
    this.marks[at - this.firstFact]! |= MARKS.touch;
    this.touches += 1;
    if (ordinary) this.ordinaryTouches += 1;
    if (stage[at]! < this.touchStage) this.touchStage = stage[at]!;
    if (happenedOn[at]! < this.touchDay) this.touchDay = happenedOn[at]!;
  }

  /**
   * Of a sourced partner's months of updates those that fall short (§4 updates): each whole calendar month strictly
   * between the month of max(createdOn, touch day) and the month of `R` with fewer than `perMonth` in-time
   * activities. 0 where none are owed, or they are supposed to be met.
   */
  shortMonths(): number {
    const { table, deal } = this;
    if (
      this.supposed.updatesMet ||
      !(table.amount[deal]! > this.compiled.updatesAbove[table.currency[deal]!]!)
    )
      return 0;
    this.owesUpdates = true;
    return this.countMonths();
  }

  private countMonths(): number {
    const { table, deal, months, firstFact } = this;
    const begins = Math.max(this.touchDay, table.createdOn[deal]!);
    const first = monthOfNumber(begins) + 1;
    const reference = this.closedOn === NEVER ? table.asOf[deal]! : this.closedOn;
    const count = Math.max(0, monthOfNumber(reference) - first);
    this.firstMonth = first;
    months.length = count;
    if (count === 0) return 0;
    months.fill(0);
    for (let at = firstFact; at < this.endFact; at++) {
      if (!this.isUpdate(at)) continue;
      const month = monthOfNumber(table.happenedOn[at]!) - first;
      if (month >= 0 && month < count) months[month]! += 1;
    }
    let short = 0;
    for (const updates of months) if (updates < this.policy.updates.perMonth) short += 1;
    return short;
  }

  /** Whether a fact is an activity of the partner that counts as an update of its month (§4 updates). */
  private isUpdate(at: number): boolean {
    const place = at - this.firstFact;
    return (
      this.table.partner[at] === this.partner &&
      (this.marks[place]! & MARKS.update) !== 0 &&
      (this.flags[place]! & IN_TIME) !== 0
    );
  }

  /** How many updates the partner has in a month (`monthIndex`). */
  updatesIn(month: number): number {
    let updates = 0;
    for (let at = this.firstFact; at < this.endFact; at++)
      if (this.isUpdate(at) && monthOfNumber(this.table.happenedOn[at]!) === month) updates += 1;
    return updates;
  }

  /** Ids of the deal's facts that were recorded after its close, or by then, or while it is open, but delayed (§6). */
  recorded(how: "late" | "delayed"): string[] {
    const wanted = how === "late" ? RECORDED_LATE : RECORDED_DELAYED;
    return this.table.factIds
      .slice(this.firstFact, this.endFact)
      .filter((_, place) => (this.flags[place]! & wanted) !== 0);
  }

  /** Marks of the touches those of the touch stage and of the touch day, for whoever names the facts behind a test. */
  markTouches(): void {
    const { table, marks, firstFact } = this;
    for (let at = firstFact; at < this.endFact; at++) {
      const place = at - firstFact;
      if (table.partner[at] !== this.partner || (marks[place]! & MARKS.touch) === 0) continue;
      if (table.stage[at] === this.touchStage) marks[place]! |= MARKS.touchOfStage;
      if (table.happenedOn[at] === this.touchDay) marks[place]! |= MARKS.touchOfDay;
    }
  }

  /** The months that `shortMonths` has found short, and by how many updates each. */
  shortfalls(): Shortfall[] {
    if (!this.owesUpdates) return [];
    const { perMonth } = this.policy.updates;
    return this.months.flatMap((updates, place) => {
      const month = this.firstMonth + place;
      return updates < perMonth ? [{ month, count: perMonth - updates }] : [];
    });
  }
}

/** One deal under a policy, to be weighed partner by partner; the table holds it alone. */
export function weighOne(policy: Policy, facts: Facts): Weighing {
  const table = new FactsTable();
  table.add(facts);
  const compiled = new CompiledPolicy(policy);
  compiled.read(table);
  const weighing = new Weighing(table, compiled);
  weighing.open(0);
  return weighing;
}

/** A month in which a sourced partner owed updates and fell short: its index (`monthIndex`) and how many were missing. */
export interface Shortfall {
  month: number;
  count: number;
}

/** Clearly faster than its like (§4 accelerated). */
function isAccelerated(table: FactsTable, deal: number, policy: Policy): boolean {
  const median = table.medianCycleDays[deal]!;
  const closedOn = table.closedOn[deal]!;
  const createdOn = table.createdOn[deal]!;
  if (table.state[deal] !== WON || closedOn === NEVER || closedOn < createdOn) return false;
  // 0.7 × 90 is 62.99… in doubles: a day that meets the bound exactly must not fail on that.
  return closedOn - createdOn <= (1 - policy.accelerationMinimum) * median + 1e-9;
}
