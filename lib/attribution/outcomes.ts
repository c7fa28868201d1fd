import { type FactsTable, NEVER, NONE } from "./columns";
import { CompiledPolicy, CREDITED } from "./compiled";
import { splitCredit } from "./credit";
import { findGray, type GrayDeal } from "./gray";
import { outcomeOfNobody } from "./models";
import type { Policy } from "./policy";
import { GATE, hasAll, NET_NEW, ORIGIN, type Tests, UPDATES } from "./tests";
import { GRADES, MODELS, OUTCOMES } from "./vocabulary";
import { ALL_FILLED, NOTHING, Weighing } from "./weighing";

const SOURCED = OUTCOMES.indexOf("sourced");
const ATTACHED = OUTCOMES.indexOf("attached");
const DISPUTED = OUTCOMES.indexOf("disputed");
const WITNESSED = GRADES.indexOf("witnessed");
const COUNTERSIGNED = GRADES.indexOf("countersigned");

/**
 * What a policy makes of the deals of a table (domain.md §4-§6), in columns: of each deal by its place there, of each
 * partner by its own. The same as `classify` says in words, which is made of it.
 */
export class Outcomes {
  /** Of the deal: place in `OUTCOMES`; in `GRADES`, `NONE` without credit; a bit for each of `GRAY_CODES`. */
  readonly outcome: number[] = [];
  readonly evidence: number[] = [];
  readonly gray: number[] = [];

  /** Of a partner: the tests it passes, its outcome, the better one it would have or `NONE`, its grade or `NONE`. */
  readonly passed: Tests[] = [];
  readonly outcomeOf: number[] = [];
  readonly disputedOf: number[] = [];
  readonly evidenceOf: number[] = [];
  /** Minor units; 0 without credit. */
  readonly creditOf: number[] = [];

  private readonly weighing: Weighing;
  private readonly compiled: CompiledPolicy;
  private readonly nobody: number;
  private readonly seen: GrayDeal = {
    ...{ bits: 0, closed: false, hasLate: false, hasDelayed: false, sourced: 0 },
    ...{ credited: false, disputed: false, engagedBefore: false, byProgram: false },
  };

  constructor(
    readonly table: FactsTable,
    policy: Policy,
  ) {
    this.compiled = new CompiledPolicy(policy);
    this.weighing = new Weighing(table, this.compiled);
    this.nobody = OUTCOMES.indexOf(outcomeOfNobody(policy.model));
  }

  /** Judges every deal of the table as it is now. */
  judge(): void {
    for (let deal = 0; deal < this.table.deals; deal++) this.judgeDeal(deal);
  }

  /** Judges one; gives the weighing, turned to it. */
  judgeDeal(deal: number): Weighing {
    const { table, compiled, weighing } = this;
    compiled.read(table);
    const first = table.firstPartner[deal]!;
    const end = table.firstPartner[deal + 1]!;
    this.outcome[deal] = this.nobody;
    this.evidence[deal] = NONE;
    this.gray[deal] = 0;
    if (first === end) return weighing;
    weighing.open(deal);
    this.openSeen(deal);
    if (weighing.asksWhoSourced() && this.isSourced(first, end)) weighing.countsPostSale = false;
    for (let partner = first; partner < end; partner++) this.judgePartner(partner);
    this.settleDeal(deal, first, end);
    return weighing;
  }

  /** Whether another policy made of a deal of the same table, which both have judged, all that is kept of it (§4-§6). */
  agreesWith(other: Outcomes, deal: number): boolean {
    const first = this.table.firstPartner[deal]!;
    const end = this.table.firstPartner[deal + 1]!;
    // A partner's rule bears the model's name; its credit follows from the outcomes.
    if (first !== end && this.compiled.model !== other.compiled.model) return false;
    for (const column of ["outcome", "evidence", "gray"] as const)
      if (this[column][deal] !== other[column][deal]) return false;
    for (const column of ["outcomeOf", "disputedOf", "evidenceOf"] as const)
      for (let partner = first; partner < end; partner++)
        if (this[column][partner] !== other[column][partner]) return false;
    return true;
  }

  private settleDeal(deal: number, first: number, end: number): void {
    const { table, compiled } = this;
    let outcome = this.outcomeOf[first]!;
    for (let partner = first + 1; partner < end; partner++) {
      const own = this.outcomeOf[partner]!;
      if (compiled.ranks[own]! < compiled.ranks[outcome]!) outcome = own;
    }
    let evidence = NONE;
    for (let partner = first; partner < end; partner++) {
      const grade = this.evidenceOf[partner]!;
      if (this.outcomeOf[partner] !== outcome || grade === NONE) continue;
      if (evidence === NONE || grade > evidence) evidence = grade;
    }
    this.outcome[deal] = outcome;
    this.evidence[deal] = evidence;
    const claimants = { first, end, outcomes: this.outcomeOf, firstDays: table.firstDay };
    splitCredit(table.amount[deal]!, claimants, this.creditOf);
    this.gray[deal] = findGray(this.seen);
  }

  private openSeen(deal: number): void {
    const { seen, table, weighing } = this;
    seen.bits = table.dealBits[deal]!;
    seen.closed = table.closedOn[deal] !== NEVER;
    seen.hasLate = weighing.hasLate;
    seen.hasDelayed = weighing.hasDelayed;
    seen.sourced = 0;
    seen.credited = false;
    seen.disputed = false;
    seen.engagedBefore = false;
    seen.byProgram = false;
  }

  /** Whether some partner's own outcome is sourced: rulings and withheld updates count, post-sale cannot (§4). */
  private isSourced(first: number, end: number): boolean {
    const { table, compiled, weighing } = this;
    for (let partner = first; partner < end; partner++) {
      const ruled = table.ruled[partner * MODELS.length + compiled.model]!;
      const outcome =
        ruled === NONE ? compiled.decide(weighing.weigh(partner, compiled.least, NOTHING)) : ruled;
      if (outcome === SOURCED) return true;
    }
    return false;
  }

  /** By the first rule that holds, or by its ruling (§5). */
  private judgePartner(partner: number): void {
    const { table, compiled, weighing, seen } = this;
    const passed = weighing.weigh(partner, compiled.least, NOTHING);
    const { grades, hasGaps } = weighing;
    this.passed[partner] = passed;
    if (hasAll(passed, ORIGIN | GATE) && !hasAll(passed, NET_NEW)) seen.engagedBefore = true;
    if (weighing.touches > 0 && weighing.ordinaryTouches === 0) seen.byProgram = true;
    const ruled = table.ruled[partner * MODELS.length + compiled.model]!;
    let outcome = ruled;
    let disputed = NONE;
    if (ruled === NONE) {
      outcome = compiled.decide(passed);
      const mayBeBetter = hasGaps || !hasAll(passed, UPDATES);
      if (mayBeBetter && compiled.ranks[outcome] !== 0) disputed = this.betterOf(partner, outcome);
      // lanes alone has a place for the dispute itself, above attached (§5).
      if (disputed !== NONE && outcome === ATTACHED) outcome = DISPUTED;
    }
    this.outcomeOf[partner] = outcome;
    this.disputedOf[partner] = disputed;
    this.evidenceOf[partner] = this.gradeOf(partner, outcome, grades, ruled !== NONE);
    if (outcome === SOURCED) seen.sourced += 1;
    if (CREDITED[outcome]) seen.credited = true;
    if (disputed !== NONE) seen.disputed = true;
  }

  /** The better outcome with every gap filled and owed updates met, the other partners as they are (§5 dispute). */
  private betterOf(partner: number, outcome: number): number {
    const { compiled, weighing } = this;
    const better = compiled.decide(weighing.weigh(partner, compiled.least, ALL_FILLED));
    return compiled.ranks[better]! < compiled.ranks[outcome]! ? better : NONE;
  }

  /**
   * The highest grade at which the partner's facts of that grade or better, the other partners as they are, earn as
   * good an outcome (§5 evidence); at least countersigned where a ruling gave it. Facts of one grade are of that
   * grade: nothing is judged again for them.
   */
  private gradeOf(partner: number, outcome: number, grades: number, ruled: boolean): number {
    if (!CREDITED[outcome]) return NONE;
    if ((grades & 4) !== 0) {
      const alone = !ruled && grades === 4;
      if (alone || this.earns(partner, outcome, WITNESSED)) return WITNESSED;
    }
    if (ruled || (grades & 1) === 0) return COUNTERSIGNED;
    return grades !== 1 && this.earns(partner, outcome, COUNTERSIGNED) ? COUNTERSIGNED : 0;
  }

  private earns(partner: number, outcome: number, least: number): boolean {
    const { compiled, weighing } = this;
    const alone = compiled.decide(weighing.weigh(partner, least, NOTHING));
    return compiled.ranks[alone]! <= compiled.ranks[outcome]!;
  }
}
