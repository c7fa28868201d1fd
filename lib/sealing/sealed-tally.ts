import { canonicalJson } from "@/lib/attribution/canonical";
import type { Quarter } from "@/lib/calendar";
import { type Population, QuarterTally } from "@/lib/metrics/tally";
import type { QuarterRates } from "@/lib/money";

/** A quarter's tally as a seal keeps it, so that its numbers are read without its deals. */
interface SealedTally {
  /** Population, class, deals, amount and squares in the reporting currency. */
  totals: [population: Population, countsAs: string, deals: number, amount: number, squares: string][];
  /** Cell, class, days, deals. */
  cycles: [cell: string, countsAs: string, days: number, deals: number][];
  engaged: [countsAs: string, activities: number][];
}

const byCode = (one: readonly unknown[], other: readonly unknown[]) =>
  canonicalJson(one) < canonicalJson(other) ? -1 : 1;

/** The tally as canonical JSON: the same text for the same deals, in whatever order they came. */
export function sealTally(tally: QuarterTally): string {
  const sealed: SealedTally = { totals: [], cycles: [], engaged: [...tally.engaged].sort(byCode) };
  for (const [population, totals] of Object.entries(tally.totals) as [
    Population,
    QuarterTally["totals"][Population],
  ][]) {
    for (const [countsAs, { deals, amount, squares }] of totals)
      sealed.totals.push([population, countsAs, deals, amount, String(squares)]);
  }
  for (const [cell, byClass] of tally.cycles) {
    for (const [countsAs, histogram] of byClass)
      for (const [days, deals] of histogram) sealed.cycles.push([cell, countsAs, days, deals]);
  }
  sealed.totals.sort(byCode);
  sealed.cycles.sort(byCode);
  return canonicalJson(sealed);
}

/** The inverse; `sizes` has to be given by whoever needs the amounts one by one. */
export function openTally(text: string, quarter: Quarter, rates: QuarterRates): QuarterTally {
  const { totals, cycles, engaged } = JSON.parse(text) as SealedTally;
  const tally = new QuarterTally(quarter, rates, false);
  for (const [population, countsAs, deals, amount, squares] of totals)
    tally.count(population, countsAs, deals, amount, BigInt(squares));
  for (const [cell, countsAs, days, deals] of cycles) tally.addCycle(cell, countsAs, days, deals);
  for (const [countsAs, activities] of engaged) tally.engage(countsAs, activities);
  return tally;
}
