import type { Quarter } from "../calendar";
import { isRefusal, type Refusal } from "../errors";
import { sumMinor, toReporting } from "../money";
import type { CostRow, JudgedDeal, NumbersPolicy, QuarterInput } from "./judged-deal";
import { HEADLINE_METRICS, metricOf, printedNumbers, type QuarterNumbers } from "./quarter-numbers";
import { type Counted, cellOf, costOf, cycleOf, type Part, type Population } from "./sheet";
import type { Undefined, Value } from "./value";

/** What is kept of the deals of one selection in one cell: counts, a sum, and how many took how many days. */
interface Cell {
  count: number;
  amount: number;
  days: Map<number, number>;
}

/** The deals of one population that one predicate keeps, by cell of type and amount band. */
interface Selection {
  population: Population;
  keeps: Part["keeps"];
  cells: Map<string, Cell>;
  /** The first rate that an amount of it was missing. */
  refusal: Refusal | null;
}

type Counting = Omit<QuarterInput, "deals">;

/**
 * The four numbers of a quarter from a stream of deals, in memory that does not grow with them: the same
 * definitions as `quarterNumbers`, over counts, sums and days by cell instead of the deals themselves.
 */
export class Tally {
  private readonly selections: Selection[] = [];

  constructor(
    private readonly counting: Counting,
    private readonly quarter: Quarter,
  ) {
    for (const metric of HEADLINE_METRICS) {
      for (const part of Object.values(metricOf(metric).parts)) {
        if (this.selectionOf(part)) continue;
        const { population, keeps } = part;
        this.selections.push({ population, keeps, cells: new Map(), refusal: null });
      }
    }
  }

  add(deal: JudgedDeal): void {
    const { from, to } = this.quarter;
    const { createdOn, closedOn } = deal;
    const among: Record<Population, boolean> = {
      created: createdOn >= from && createdOn <= to,
      closed: closedOn !== null && closedOn >= from && closedOn <= to,
      openAtEnd: createdOn <= to && (closedOn === null || closedOn > to),
    };
    if (!among.created && !among.closed && !among.openAtEnd) return;
    const cell = cellOf(deal);
    for (const selection of this.selections) {
      if (among[selection.population] && selection.keeps(deal)) this.count(selection, cell, deal);
    }
  }

  numbers(): QuarterNumbers {
    const { policy } = this.counting;
    return printedNumbers((metric) => this.sheet(metricOf(metric).parts, policy), policy);
  }

  private selectionOf({ population, keeps }: Part): Selection | undefined {
    return this.selections.find((one) => one.population === population && one.keeps === keeps);
  }

  private count(selection: Selection, key: string, deal: JudgedDeal): void {
    const cell = selection.cells.get(key) ?? { count: 0, amount: 0, days: new Map() };
    selection.cells.set(key, cell);
    cell.count += 1;
    try {
      cell.amount += toReporting(deal.amount, deal.currency, this.counting.rates);
    } catch (error) {
      // Told when a sum over it is asked for, as a sheet does.
      if (!isRefusal(error)) throw error;
      selection.refusal ??= error;
    }
    if (deal.closedOn === null || deal.closedOn < deal.createdOn) return;
    const days = cycleOf(deal);
    cell.days.set(days, (cell.days.get(days) ?? 0) + 1);
  }

  private sheet(parts: Readonly<Record<string, Part>>, policy: NumbersPolicy): Counted<string> {
    const cellsOf = (name: string): [string, Cell][] => {
      const part = parts[name] as Part;
      const cells = [...(this.selectionOf(part) as Selection).cells];
      if (part.matchedWith === undefined) return cells;
      const others = (this.selectionOf(parts[part.matchedWith] as Part) as Selection).cells;
      return cells.filter(([cell]) => others.has(cell));
    };
    return {
      policy,
      count: (part) => cellsOf(part).reduce((count, [, cell]) => count + cell.count, 0),
      amount: (part) => {
        const { refusal } = this.selectionOf(parts[part] as Part) as Selection;
        if (refusal) throw refusal;
        return sumMinor(cellsOf(part).map(([, { amount }]) => amount));
      },
      days: (part) => expand(cellsOf(part).map(([, { days }]) => days)),
      daysByCell: (part) => new Map(cellsOf(part).map(([cell, { days }]) => [cell, expand([days])])),
      cost: (side: CostRow["side"]): Value => costOf(side, this.counting, this.quarter),
    };
  }
}

/** The numbers of a tally, or the rate that is missing for them, which then leaves the quarter undefined. */
export function numbersOrReason(tally: Tally): QuarterNumbers | Undefined {
  try {
    return tally.numbers();
  } catch (error) {
    if (!isRefusal(error) || !error.field.startsWith("rates.")) throw error;
    return { undefined: "missing_rate", detail: error.field.slice("rates.".length) };
  }
}

/** Days with how often each occurs, as the ascending list they stand for. */
function expand(histograms: readonly ReadonlyMap<number, number>[]): Float64Array {
  let length = 0;
  for (const histogram of histograms) for (const times of histogram.values()) length += times;
  const days = new Float64Array(length);
  let at = 0;
  for (const histogram of histograms) {
    for (const [day, times] of histogram) {
      days.fill(day, at, at + times);
      at += times;
    }
  }
  return days.sort();
}
