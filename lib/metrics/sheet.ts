import { GRADES, type Grade } from "../attribution/vocabulary";
import { sumMinor, toReporting } from "../money";
import { classesOf, DEAL_CLASSES, type DealClass } from "./deal-class";
import { EVIDENCE_ORDER, type EvidenceShare } from "./evidence-split";
import type { CostRow, NumbersPolicy } from "./judged-deal";
import type { Counting } from "./quarter-input";
import type { Ranked, Sums } from "./statistics";
import { expand, type Histogram, type Population, type QuarterTally, type Totals } from "./tally";
import type { Value } from "./value";

/** A set of deals that a number is made of. Opening a number lists exactly its parts' deals. */
export interface Part {
  name: string;
  population: Population;
  /** By its class alone, so that deals of a class need only be counted. */
  keeps: (deal: DealClass) => boolean;
  /**
   * Keeps only deals in a cell of deal type × currency × amount band where that other part has a deal too. Both
   * parts are of closed deals with a cycle: cells are counted of no others.
   */
  matchedWith?: string;
}

/** What `make` makes for `key`, made once. */
function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** Predicates are shared by metrics and quarters, so what one keeps is worked out once. */
const keptClasses = new Map<Part["keeps"], readonly string[]>();

/** The keys of the classes that a part is made of; of one evidence alone where it is named. */
export function classesOfPart({ keeps }: Part, evidence?: Grade): readonly string[] {
  const all = once(keptClasses, keeps, () => classesOf(keeps));
  return evidence === undefined ? all : all.filter((key) => DEAL_CLASSES.get(key)?.evidence === evidence);
}

/** The keys of a part's classes by the evidence that their deals have. */
function classesByEvidence(part: Part): Map<Grade | null, string[]> {
  const found = new Map<Grade | null, string[]>();
  for (const key of classesOfPart(part)) {
    const { evidence } = DEAL_CLASSES.get(key) as DealClass;
    once(found, evidence, () => []).push(key);
  }
  return found;
}

/** The side's costs in a quarter, in minor units of the reporting currency; undefined with no row. */
function costOf(side: CostRow["side"], { costs, rates, narrowed }: Counting, label: string): Value {
  if (narrowed) return { undefined: "costs_not_narrowed" };
  const rows = costs.filter((row) => row.side === side && row.quarter === label);
  if (rows.length === 0)
    return { undefined: side === "partner_program" ? "no_program_costs" : "no_direct_costs" };
  return sumMinor(rows.map((row) => toReporting(row.amount, row.currency, rates)));
}

/** One quarter as one metric sees it: its parts' counts, sums and days, and the quarter's costs. */
export class Sheet<P extends string> {
  private readonly partDays = new Map<P, Float64Array>();

  constructor(
    private readonly parts: Readonly<Record<P, Part>>,
    private readonly tally: QuarterTally,
    private readonly counting: Counting,
  ) {}

  get policy(): NumbersPolicy {
    return this.counting.policy;
  }

  count(part: P): number {
    if (this.parts[part].matchedWith !== undefined) return this.days(part).length;
    return this.totals(part).reduce((count, { deals }) => count + deals, 0);
  }

  /** Sum of the part's amounts, minor units of the reporting currency; refuses a missing rate by name. */
  amount(part: P): number {
    return sumOf(this.totals(part));
  }

  /**
   * The part's amount split by evidence: every grade, and what carries no credit where the part has such deals;
   * null for a part that never has credit. The shares add up to the amount; refuses a missing rate by name.
   */
  evidence(part: P): EvidenceShare[] | null {
    const { population } = this.parts[part];
    const found = classesByEvidence(this.parts[part]);
    if (GRADES.every((grade) => !found.has(grade))) return null;
    return EVIDENCE_ORDER.filter((evidence) => found.has(evidence)).map((evidence) => {
      const totals = (found.get(evidence) ?? []).flatMap(
        (key) => this.tally.totals[population].get(key) ?? [],
      );
      return {
        evidence,
        deals: totals.reduce((count, { deals }) => count + deals, 0),
        amount: sumOf(totals),
      };
    });
  }

  /** Sum of the part's amounts and of their squares; refuses a missing rate by name. */
  sums(part: P): Sums {
    let squares = 0n;
    for (const totals of this.totals(part)) squares += totals.squares;
    return { sum: this.amount(part), squares: Number(squares) };
  }

  /** The amounts of a part of closed deals, ascending; refuses a missing rate by name. */
  sizes(part: P): Ranked {
    this.amount(part);
    return this.tally.sizes(classesOfPart(this.parts[part]));
  }

  /** The part's cycles in days, ascending. */
  days(part: P): Float64Array {
    return once(this.partDays, part, () => expand([...this.cells(part).values()].flat()));
  }

  /** The part's cycles in days, ascending, by cell of deal type × currency × amount band. */
  daysByCell(part: P): Map<string, Float64Array> {
    if (!this.tally.hasCells) throw new RangeError("the cells of this quarter were not read");
    return new Map([...this.cells(part)].map(([cell, found]) => [cell, expand(found)]));
  }

  /** How many activities the part's deals had in the quarter; asked of deals open at its end. */
  engagements(part: P): number {
    const classes = classesOfPart(this.parts[part]);
    return classes.reduce((count, key) => count + (this.tally.engaged.get(key) ?? 0), 0);
  }

  cost(side: CostRow["side"]): Value {
    return costOf(side, this.counting, this.tally.quarter.label);
  }

  private totals(part: P): Totals[] {
    const { population } = this.parts[part];
    return classesOfPart(this.parts[part]).flatMap((key) => this.tally.totals[population].get(key) ?? []);
  }

  /** The histograms of the part's classes, by cell; only the cells that the other part of a match is in, too. */
  private cells(part: P): Map<string, Histogram[]> {
    const { matchedWith } = this.parts[part];
    const own = this.cellsOf(part);
    if (matchedWith === undefined) return own;
    if (!this.tally.hasCells) throw new RangeError("the cells of this quarter were not read");
    const others = this.cellsOf(matchedWith as P);
    return new Map([...own].filter(([cell]) => others.has(cell)));
  }

  private cellsOf(part: P): Map<string, Histogram[]> {
    const classes = classesOfPart(this.parts[part]);
    const found = new Map<string, Histogram[]>();
    for (const [cell, byClass] of this.tally.cycles) {
      const histograms = classes.flatMap((key) => byClass.get(key) ?? []);
      if (histograms.some((days) => days.size > 0)) found.set(cell, histograms);
    }
    return found;
  }
}

const sumOf = (totals: readonly Totals[]) =>
  sumMinor(totals.map(({ amount, refusal }) => (refusal ? raise(refusal) : amount)));

function raise(refusal: Error): never {
  throw refusal;
}
