import { type AmountBand, amountBand } from "../attribution/cohort";
import type { Day } from "../attribution/facts";
import type { DealType } from "../attribution/vocabulary";
import { daysBetween, type Quarter } from "../calendar";
import { isRefusal, type Refusal } from "../errors";
import { type QuarterRates, toReporting } from "../money";
import { classKey, classOf } from "./deal-class";
import type { JudgedDeal } from "./judged-deal";
import { ascending, type Ranked } from "./statistics";

/** The deals of a quarter that a number chooses from: created in it, closed in it, or open at its end. */
export type Population = "created" | "closed" | "openAtEnd";

/** How many deals took how many days, or are of how much. */
export type Histogram = ReadonlyMap<number, number>;

/** What is kept of the deals of one class in one population. */
export interface Totals {
  deals: number;
  /** Sum in minor units of the reporting currency, each deal converted by itself. */
  amount: number;
  /** Sum of the squares of the same; exact, so that no order of adding can show. */
  squares: bigint;
  /** The first rate that an amount of it was missing. */
  refusal: Refusal | null;
}

/** A cell of the matched comparison (§7): deals of one type, currency and amount band. */
export const cellOf = ({ type, amount, currency }: Pick<JudgedDeal, "type" | "amount" | "currency">) =>
  cellKeyOf(type, currency, amountBand(amount, currency));

export const cellKeyOf = (type: DealType, currency: string, band: AmountBand) =>
  `${type} ${currency} ${band}`;

/** Days from created to closed; asked only of deals that have a cycle. */
export const cycleOf = ({ createdOn, closedOn }: Pick<JudgedDeal, "createdOn" | "closedOn">) =>
  daysBetween(createdOn, closedOn as Day);

/** Which populations of a quarter a deal is in (README "Decided here"). */
export function populationsOf(
  { createdOn, closedOn }: Pick<JudgedDeal, "createdOn" | "closedOn">,
  { from, to }: Quarter,
): Record<Population, boolean> {
  return {
    created: createdOn >= from && createdOn <= to,
    closed: closedOn !== null && closedOn >= from && closedOn <= to,
    openAtEnd: createdOn <= to && (closedOn === null || closedOn > to),
  };
}

/** The amounts of some classes' closed deals, ascending. */
export type Sizes = (classes: readonly string[]) => Ranked;

/**
 * What a quarter's numbers are made of: deals counted by class, population and cell. It has no deals in it, so
 * it is as small for a million of them. Filled a deal at a time here, or from stored lines (stored-tally.ts).
 */
export class QuarterTally {
  readonly totals: Readonly<Record<Population, Map<string, Totals>>> = {
    created: new Map(),
    closed: new Map(),
    openAtEnd: new Map(),
  };
  /** Cycles in days of the closed deals, by cell and class; all under "" where cells were not asked for. */
  readonly cycles = new Map<string, Map<string, Map<number, number>>>();
  /** Activities in the quarter on deals open at its end, by class. */
  readonly engaged = new Map<string, number>();
  sizes: Sizes;
  hasCells = true;

  constructor(
    readonly quarter: Quarter,
    private readonly rates: QuarterRates,
    /** False keeps no amount by itself, so that memory does not grow with the deals. */
    keepSizes = true,
  ) {
    this.sizes = (classes) => ascending(classes.flatMap((key) => this.amounts?.get(key) ?? []));
    this.amounts = keepSizes ? new Map() : null;
  }

  private readonly amounts: Map<string, number[]> | null;
  /** How many amounts of a class could not be converted, by population. */
  private readonly refused = new Map<string, number>();

  add(deal: JudgedDeal): void {
    this.bring(deal, 1);
  }

  /** Takes away a deal that was added; only of a tally that keeps no amount by itself. */
  take(deal: JudgedDeal): void {
    if (this.amounts) throw new RangeError("a tally that keeps amounts gives none back");
    this.bring(deal, -1);
  }

  private bring(deal: JudgedDeal, times: 1 | -1): void {
    const among = populationsOf(deal, this.quarter);
    if (!among.created && !among.closed && !among.openAtEnd) return;
    const one = classOf(deal);
    const key = classKey(one);
    const converted = this.convert(deal);
    for (const population of ["created", "closed", "openAtEnd"] as const)
      if (among[population]) this.move(population, key, times, converted);
    if (among.closed && one.hasCycle) this.addCycle(cellOf(deal), key, cycleOf(deal), times);
    if (among.closed && this.amounts && typeof converted === "number") {
      const known = this.amounts.get(key);
      if (known) known.push(converted);
      else this.amounts.set(key, [converted]);
    }
    if (among.openAtEnd && deal.engagedOn) this.engage(key, times * this.within(deal.engagedOn));
  }

  private move(population: Population, key: string, times: 1 | -1, converted: number | Refusal): void {
    if (typeof converted === "number") {
      this.count(population, key, times, times * converted, BigInt(times) * BigInt(converted) ** 2n);
      return;
    }
    const name = `${population} ${key}`;
    addTo(this.refused, name, times);
    this.count(population, key, times, converted);
    if (!this.refused.has(name)) this.totals[population].get(key)!.refusal = null;
  }

  /** Adds deals of one class; of a sum `squares` says what the single amounts were. */
  count(
    population: Population,
    key: string,
    deals: number,
    amount: number | Refusal,
    squares: bigint = typeof amount === "number" ? BigInt(amount) ** 2n : 0n,
  ): void {
    const known = this.totals[population].get(key);
    const totals = known ?? { deals: 0, amount: 0, squares: 0n, refusal: null };
    if (!known) this.totals[population].set(key, totals);
    totals.deals += deals;
    if (typeof amount !== "number") totals.refusal ??= amount;
    else {
      totals.amount += amount;
      totals.squares += squares;
    }
  }

  addCycle(cell: string, key: string, days: number, deals: number): void {
    const byClass = this.cycles.get(cell) ?? new Map<string, Map<number, number>>();
    this.cycles.set(cell, byClass);
    const histogram = byClass.get(key) ?? new Map<number, number>();
    byClass.set(key, histogram);
    addTo(histogram, days, deals);
  }

  engage(key: string, activities: number): void {
    addTo(this.engaged, key, activities);
  }

  private within(days: readonly Day[]): number {
    return days.filter((day) => day >= this.quarter.from && day <= this.quarter.to).length;
  }

  /** A rate that is missing is told when a sum over it is asked for. */
  private convert({ amount, currency }: JudgedDeal): number | Refusal {
    try {
      return toReporting(amount, currency, this.rates);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return error;
    }
  }
}

/** Adds to a count; what comes to nothing is not there. */
export function addTo<K>(counts: Map<K, number>, key: K, by: number): void {
  const sum = (counts.get(key) ?? 0) + by;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}

/** Values with how often each occurs, as the ascending list they stand for. */
export function expand(histograms: readonly Histogram[]): Float64Array {
  let length = 0;
  for (const histogram of histograms) for (const times of histogram.values()) length += times;
  const values = new Float64Array(length);
  let at = 0;
  for (const histogram of histograms) {
    for (const [value, times] of histogram) {
      values.fill(value, at, at + times);
      at += times;
    }
  }
  return values.sort();
}
