import { amountBand } from "../attribution/cohort";
import type { Day } from "../attribution/facts";
import { daysBetween, monthIndex, type Quarter } from "../calendar";
import { sumMinor, toReporting } from "../money";
import type { CostRow, JudgedDeal, NumbersPolicy, QuarterInput } from "./judged-deal";
import { ascending } from "./statistics";
import type { Value } from "./value";

/** The deals of a quarter that a part chooses from: created in it, closed in it, or open at its end. */
export type Population = "created" | "closed" | "openAtEnd";

/** A set of deals that a number is made of. Opening a number lists exactly its parts' deals. */
export interface Part {
  name: string;
  population: Population;
  keeps: (deal: JudgedDeal) => boolean;
  /** Keeps only deals in a cell of deal type × amount band where that other part has a deal too. */
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

/** The deals of one quarter, by population and by part. */
export class QuarterDeals<D extends JudgedDeal = JudgedDeal> {
  readonly created: D[] = [];
  readonly closed: D[] = [];
  readonly openAtEnd: D[] = [];
  private readonly kept = new Map<Population, Map<Part["keeps"], D[]>>();

  /** The deals of one of the parts, in the order they were given. */
  select<P extends string>(parts: Readonly<Record<P, Part>>, key: P): D[] {
    const part = parts[key];
    const kept = this.keep(part);
    if (part.matchedWith === undefined) return kept;
    const cells = new Set(this.keep(parts[part.matchedWith as P]).map(cellOf));
    return kept.filter((deal) => cells.has(cellOf(deal)));
  }

  /** Metrics share predicates, so a selection made for one serves the next. */
  private keep({ population, keeps }: Part): D[] {
    const byPredicate = once(this.kept, population, () => new Map<Part["keeps"], D[]>());
    return once(byPredicate, keeps, () => this[population].filter(keeps));
  }
}

/**
 * The deals of consecutive quarters, in one pass over them. A deal is open at the end of a quarter when it
 * was created on or before its last day and not closed on or before it.
 */
export function dealsByQuarter<D extends JudgedDeal>(
  deals: readonly D[],
  quarters: readonly Quarter[],
): QuarterDeals<D>[] {
  const found = quarters.map(() => new QuarterDeals<D>());
  const first = quarters[0];
  if (!first) return found;
  const firstMonth = monthIndex(first.from);
  const placeOf = (day: Day) => Math.floor((monthIndex(day) - firstMonth) / 3);
  for (const deal of deals) {
    const created = placeOf(deal.createdOn);
    const closed = deal.closedOn === null ? quarters.length : placeOf(deal.closedOn);
    found[created]?.created.push(deal);
    found[closed]?.closed.push(deal);
    const end = Math.min(closed, quarters.length);
    for (let at = Math.max(created, 0); at < end; at++) found[at]?.openAtEnd.push(deal);
  }
  return found;
}

/** A cell of the matched comparison (§7): deals of one type and amount band. */
export const cellOf = (deal: JudgedDeal) => `${deal.type} ${amountBand(deal.amount, deal.currency)}`;

/** Days from created to closed; asked only of deals that have a cycle (predicates.ts). */
export const cycleOf = (deal: JudgedDeal) => daysBetween(deal.createdOn, deal.closedOn as Day);

/** What a quarter's sums, counts and medians are made from; a sheet has the deals besides, a tally only this. */
export interface Counted<P extends string> {
  readonly policy: NumbersPolicy;
  count(part: P): number;
  /** Sum of the part's amounts, minor units of the reporting currency; refuses a missing rate by name. */
  amount(part: P): number;
  /** The part's cycles in days, ascending. */
  days(part: P): Float64Array;
  /** The part's cycles in days, ascending, by cell of deal type × amount band. */
  daysByCell(part: P): Map<string, Float64Array>;
  /** The side's costs in the quarter, minor units of the reporting currency; undefined with no row. */
  cost(side: CostRow["side"]): Value;
}

/** The side's costs in a quarter, in minor units of the reporting currency; undefined with no row. */
export function costOf(
  side: CostRow["side"],
  { costs, rates }: Pick<QuarterInput, "costs" | "rates">,
  { label }: Quarter,
): Value {
  const rows = costs.filter((row) => row.side === side && row.quarter === label);
  if (rows.length === 0)
    return { undefined: side === "partner_program" ? "no_program_costs" : "no_direct_costs" };
  return sumMinor(rows.map((row) => toReporting(row.amount, row.currency, rates)));
}

/** One quarter as one metric sees it: its parts' deals with their amounts, days and the quarter's costs. */
export class Sheet<P extends string> implements Counted<P> {
  private readonly partDeals = new Map<P, JudgedDeal[]>();
  private readonly partAmounts = new Map<P, number[]>();
  private readonly partDays = new Map<P, Float64Array>();
  private readonly partCells = new Map<P, Map<string, Float64Array>>();

  constructor(
    private readonly parts: Readonly<Record<P, Part>>,
    private readonly quarterDeals: QuarterDeals,
    private readonly input: QuarterInput,
    private readonly quarter: Quarter,
  ) {}

  get policy() {
    return this.input.policy;
  }

  deals(part: P): JudgedDeal[] {
    return once(this.partDeals, part, () => this.quarterDeals.select(this.parts, part));
  }

  count(part: P): number {
    return this.deals(part).length;
  }

  /** Each deal's amount in minor units of the reporting currency; refuses a missing rate by name. */
  amounts(part: P): number[] {
    return once(this.partAmounts, part, () =>
      this.deals(part).map((deal) => toReporting(deal.amount, deal.currency, this.input.rates)),
    );
  }

  amount(part: P): number {
    return sumMinor(this.amounts(part));
  }

  days(part: P): Float64Array {
    return once(this.partDays, part, () => ascending(this.deals(part).map(cycleOf)));
  }

  daysByCell(part: P): Map<string, Float64Array> {
    return once(this.partCells, part, () => {
      const cells = new Map<string, number[]>();
      for (const deal of this.deals(part)) once(cells, cellOf(deal), () => []).push(cycleOf(deal));
      return new Map([...cells].map(([cell, days]) => [cell, ascending(days)]));
    });
  }

  /** How many activities the part's deals had in the quarter. */
  engagements(part: P): number {
    const { from, to } = this.quarter;
    return this.deals(part)
      .flatMap(({ engagedOn }) => engagedOn ?? [])
      .filter((day) => day >= from && day <= to).length;
  }

  cost(side: CostRow["side"]): Value {
    return costOf(side, this.input, this.quarter);
  }
}
