import type { Company } from "./company/open";
import type { Part } from "./figures";
import type { Report } from "./report";
import { quantile, timed } from "./timing";

/** One thing to measure at every size. */
export interface Work<C extends { company: Company }> {
  part: Part;
  name: string;
  /** `run` counts from 0; the first is not timed. */
  work(at: C, run: number): unknown;
  floor?: { name: string; work(at: C, run: number): unknown };
  /** Timed runs at most; fewer, but three, when they take longer than `budgetMs` at one size. */
  most?: number;
  budgetMs?: number;
}

const LEAST = 3;
/** What takes longer than this is told as it is, without a second run. */
const LONG_MS = 20_000;

/**
 * Times the work and its floor at every size in turn, run by run: what else the machine does meanwhile then
 * makes all of them longer, and their ratios stay what they are. Reports medians.
 */
export async function measure<C extends { company: Company }>(
  report: Report,
  sizes: readonly C[],
  { part, name, work, floor, most = 15, budgetMs = 2_000 }: Work<C>,
): Promise<void> {
  const timings = sizes.map((at) => ({ at, own: [] as number[], floors: [] as number[], long: false }));
  for (let run = 0; timings.some((timing) => goesOn(timing, run, most, budgetMs)); run++) {
    for (const timing of timings) {
      if (!goesOn(timing, run, most, budgetMs)) continue;
      const own = await timed(() => work(timing.at, run));
      timing.long = run === 0 && own > LONG_MS;
      if (run > 0 || timing.long) timing.own.push(own);
      if (!floor) continue;
      const least = await timed(() => floor.work(timing.at, run));
      if (run > 0 || timing.long) timing.floors.push(least);
    }
  }
  for (const { at, own, floors } of timings) {
    report.add({
      part,
      name,
      deals: at.company.deals,
      value: quantile(own, 0.5),
      unit: "ms",
      floor: floor && { name: floor.name, value: quantile(floors, 0.5) },
    });
  }
}

function goesOn(
  { own, long }: { own: readonly number[]; long: boolean },
  run: number,
  most: number,
  budgetMs: number,
): boolean {
  if (run === 0) return true;
  if (long || run > most) return false;
  return run <= LEAST || own.reduce((sum, ms) => sum + ms, 0) < budgetMs;
}
