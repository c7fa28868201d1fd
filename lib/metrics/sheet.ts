import type { Day } from "../attribution/facts";
import { daysBetween, isIn, type Quarter } from "../calendar";
import { sumMinor, toReporting } from "../money";
import { amountBand } from "./amount-band.temporary";
import type { CostRow, JudgedDeal, QuarterInput } from "./judged-deal";
import { ascending } from "./statistics";
import type { Value } from "./value";

/** The deals of a quarter that a part chooses from: created in it, closed in it, or open at its end. */
export type Population = "created" | "closed" | "openAtEnd";

/** A set of deals that a number is made of. Opening a number lists exactly its parts' deals. */
export interface Part {
  name: string;
  population: Population;
  keeps: (deal: JudgedDeal) => boolean;
  /** What each deal adds to the number: its amount, one, or its days from created to closed. */
  adds: "amount" | "deals" | "days";
  /** Keeps only deals in a cell of deal type × amount band where that other part has a deal too. */
  matchedWith?: string;
}

/** Open at the end of a day: created on or before it, and not closed on or before it. */
const isOpenAfter = (deal: JudgedDeal, day: Day) =>
  deal.createdOn <= day && (deal.closedOn === null || deal.closedOn > day);

/** The quarter's populations, in one pass over the deals and in their order. */
export function populate<D extends JudgedDeal>(deals: readonly D[], quarter: Quarter) {
  const populations: Record<Population, D[]> = { created: [], closed: [], openAtEnd: [] };
  for (const deal of deals) {
    if (isIn(deal.createdOn, quarter)) populations.created.push(deal);
    if (isIn(deal.closedOn, quarter)) populations.closed.push(deal);
    if (isOpenAfter(deal, quarter.to)) populations.openAtEnd.push(deal);
  }
  return populations;
}

/** A cell of the matched comparison (§7): deals of one type and amount band. */
export const cellOf = (deal: JudgedDeal) => `${deal.type} ${amountBand(deal.amount, deal.currency)}`;

/** Days from created to closed of a closed deal, for which they are not negative (`isTimed`). */
const cycleOf = (deal: JudgedDeal) => daysBetween(deal.createdOn, deal.closedOn as Day);

/** The deals of one part. */
export function selectPart<D extends JudgedDeal, P extends string>(
  parts: Readonly<Record<P, Part>>,
  key: P,
  populations: Readonly<Record<Population, D[]>>,
): D[] {
  const part = parts[key];
  const kept = populations[part.population].filter(part.keeps);
  if (part.matchedWith === undefined) return kept;
  const other = parts[part.matchedWith as P];
  const cells = new Set(populations[other.population].filter(other.keeps).map(cellOf));
  return kept.filter((deal) => cells.has(cellOf(deal)));
}

/** One quarter as one metric sees it: its parts' deals with their amounts, days and the quarter's costs. */
export class Sheet<P extends string> {
  private readonly deals_ = new Map<P, JudgedDeal[]>();
  private readonly amounts_ = new Map<P, number[]>();

  constructor(
    private readonly parts: Readonly<Record<P, Part>>,
    private readonly populations: Readonly<Record<Population, JudgedDeal[]>>,
    private readonly input: QuarterInput,
    private readonly quarter: Quarter,
  ) {}

  get policy() {
    return this.input.policy;
  }

  deals(part: P): JudgedDeal[] {
    const known = this.deals_.get(part);
    if (known) return known;
    const deals = selectPart(this.parts, part, this.populations);
    this.deals_.set(part, deals);
    return deals;
  }

  count(part: P): number {
    return this.deals(part).length;
  }

  /** Each deal's amount in minor units of the reporting currency; refuses a missing rate by name. */
  amounts(part: P): number[] {
    const known = this.amounts_.get(part);
    if (known) return known;
    const amounts = this.deals(part).map((deal) => toReporting(deal.amount, deal.currency, this.input.rates));
    this.amounts_.set(part, amounts);
    return amounts;
  }

  /** Sum of the part's amounts, minor units of the reporting currency. */
  amount(part: P): number {
    return sumMinor(this.amounts(part));
  }

  /** The part's cycles in days, ascending. */
  days(part: P): Float64Array {
    return ascending(this.deals(part).map(cycleOf));
  }

  /** The part's cycles in days, ascending, by cell of deal type × amount band. */
  daysByCell(part: P): Map<string, Float64Array> {
    const cells = new Map<string, number[]>();
    for (const deal of this.deals(part)) {
      const cell = cells.get(cellOf(deal));
      if (cell) cell.push(cycleOf(deal));
      else cells.set(cellOf(deal), [cycleOf(deal)]);
    }
    return new Map([...cells].map(([cell, days]) => [cell, ascending(days)]));
  }

  /** The side's costs in the quarter, minor units of the reporting currency; undefined with no row. */
  cost(side: CostRow["side"]): Value {
    const rows = this.input.costs.filter((row) => row.side === side && row.quarter === this.quarter.label);
    if (rows.length === 0)
      return { undefined: side === "partner_program" ? "no_program_costs" : "no_direct_costs" };
    return sumMinor(rows.map((row) => toReporting(row.amount, row.currency, this.input.rates)));
  }
}
