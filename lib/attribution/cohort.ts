import { dayNumber } from "../calendar";
import { CURRENCIES } from "../currencies";
import type { Day, DealFacts } from "./facts";
import type { DealType } from "./vocabulary";

/**
 * Which deals are comparable, and how long they took. Source: domain.md §2 (cohort), §7 (amount bands).
 */

/** Lower bounds of the second to the fourth amount band, in major units of the deal's currency. */
export const AMOUNT_BOUNDS = [10_000, 50_000, 250_000] as const;

/** 0 below the first bound, up to 3 from the last bound on; a bound itself belongs to the band above it. */
export type AmountBand = 0 | 1 | 2 | 3;

/** The band of an amount in minor units. The currency must exist. */
export function amountBand(amountMinor: number, currency: string): AmountBand {
  const unit = 10 ** (CURRENCIES[currency] as number);
  return AMOUNT_BOUNDS.filter((bound) => amountMinor >= bound * unit).length as AmountBand;
}

/** A cohort looks back this many days, the asked day included. */
export const COHORT_DAYS = 365;
/** Fewer comparable deals than this tell nothing. */
const COHORT_MINIMUM = 5;

/** A deal as a cohort sees it. */
export interface CohortDeal
  extends Pick<DealFacts, "amount" | "currency" | "type" | "createdOn" | "closedOn" | "outcome"> {
  /** Whether a role row, registration, activity or ruling names a partner on it (§2). */
  hasPartner: boolean;
  /** How many such deals there are; one unless said. */
  deals?: number;
}

/** Asks for the cohort of a deal: its type, currency and band, and its close day, or `asOf` while it is open. */
export interface CohortQuery {
  type: DealType;
  currency: string;
  band: AmountBand;
  day: Day;
}

/** Median days from created to won of the cohort; null when fewer than `COHORT_MINIMUM` are known. */
export type CohortMedian = (query: CohortQuery) => number | null;

/**
 * Indexes the won deals without partner once and answers any number of queries, each in the logarithm of
 * the days on which something changed. Deals closed before they were created have no cycle and are left out (§7).
 */
export function cohortIndex(deals: Iterable<CohortDeal>): CohortMedian {
  const cells = new Map<string, Cell>();
  for (const deal of deals) {
    if (deal.outcome !== "won" || deal.hasPartner || deal.closedOn === null) continue;
    const closed = dayNumber(deal.closedOn);
    const cycle = closed - dayNumber(deal.createdOn);
    if (cycle < 0) continue;
    const key = cellKey(deal.type, deal.currency, amountBand(deal.amount, deal.currency));
    const cell = cells.get(key) ?? { wins: [], timeline: null };
    cell.wins.push({ closed, cycle, deals: deal.deals ?? 1 });
    cells.set(key, cell);
  }
  return ({ type, currency, band, day }) => {
    const cell = cells.get(cellKey(type, currency, band));
    if (cell === undefined) return null;
    cell.timeline ??= timelineOf(cell.wins);
    return medianOn(cell.timeline, dayNumber(day));
  };
}

/** The same for one query: when only one deal is judged. */
export function cohortMedian(deals: Iterable<CohortDeal>, query: CohortQuery): number | null {
  return cohortIndex(deals)(query);
}

interface Win {
  closed: number;
  cycle: number;
  deals: number;
}

/** The median from each of `days` on, until the next. */
interface Timeline {
  days: number[];
  medians: (number | null)[];
}

interface Cell {
  wins: Win[];
  timeline: Timeline | null;
}

/** Which deals are comparable (§2, §7): of one type, currency and amount band. */
export function cellKey(type: DealType, currency: string, band: AmountBand): string {
  return `${type}/${currency}/${band}`;
}

/** Sweeps the days on which a deal enters the window or leaves it, counting cycles as it goes. */
function timelineOf(wins: readonly Win[]): Timeline {
  const cycles = [...new Set(wins.map(({ cycle }) => cycle))].sort((a, b) => a - b);
  const placeOf = new Map(cycles.map((cycle, place) => [cycle, place]));
  const changes = wins
    .flatMap(({ closed, cycle, deals }) => [
      { day: closed, place: placeOf.get(cycle) as number, by: deals },
      { day: closed + COHORT_DAYS, place: placeOf.get(cycle) as number, by: -deals },
    ])
    .sort((a, b) => a.day - b.day);
  const counts = new Counts(cycles.length);
  const timeline: Timeline = { days: [], medians: [] };
  changes.forEach(({ day, place, by }, index) => {
    counts.add(place, by);
    if (changes[index + 1]?.day === day) return;
    timeline.days.push(day);
    timeline.medians.push(counts.total < COHORT_MINIMUM ? null : counts.median(cycles));
  });
  return timeline;
}

function medianOn({ days, medians }: Timeline, day: number): number | null {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as number) <= day) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : (medians[low - 1] as number | null);
}

/** How often each place occurs, with the n-th smallest in the logarithm of the places (a Fenwick tree). */
class Counts {
  total = 0;
  readonly #tree: Int32Array;

  constructor(places: number) {
    this.#tree = new Int32Array(places + 1);
  }

  add(place: number, by: number): void {
    this.total += by;
    for (let at = place + 1; at < this.#tree.length; at += at & -at) {
      this.#tree[at] = (this.#tree[at] as number) + by;
    }
  }

  /** The mean of the middle two when even (§7). */
  median(values: readonly number[]): number {
    const lower = values[this.#nth((this.total + 1) >> 1)] as number;
    const upper = values[this.#nth((this.total + 2) >> 1)] as number;
    return (lower + upper) / 2;
  }

  #nth(n: number): number {
    let place = 0;
    let left = n;
    let step = 2 ** Math.floor(Math.log2(this.#tree.length));
    for (; step >= 1; step /= 2) {
      const next = place + step;
      if (next < this.#tree.length && (this.#tree[next] as number) < left) {
        place = next;
        left -= this.#tree[next] as number;
      }
    }
    return place;
  }
}
