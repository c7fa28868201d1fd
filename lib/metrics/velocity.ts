import type { Day, Facts, StageEntry } from "../attribution/facts";
import type { Stage } from "../attribution/vocabulary";
import { addDays, daysBetween } from "../calendar";
import { daysInStages } from "./landmark";
import { ascending, medianOf } from "./statistics";

/**
 * How fast deals go through their stages, and what was observed after a partner's action. Observations with their number,
 * never credit: no rule of attribution reads them. Source: domain.md §7 velocity.
 */

/** A median of fewer is chance. */
export const FEWEST = 5;

/** A stage that is entered within so many days after an action came after it. */
export const MOVED_WITHIN = 30;

/** The stages of an open sale. */
const SALE: readonly Stage[] = [1, 2, 3, 4, 5];

/** A deal with its way through the stages, and which types of activity partners did on it, at which stage. */
export interface Way {
  stages: Facts["stages"];
  closedOn: Day;
  acts: readonly { type: string; stage: Stage }[];
}

/** A median of days with the number of deals behind it; null where they are too few to tell. */
export interface Typical {
  median: number | null;
  n: number;
}

export function typicalOf(days: readonly number[]): Typical {
  const n = days.length;
  return { median: n < FEWEST ? null : medianOf(ascending(days)), n };
}

/** Typical days in each stage of the sale, over the deals that were in it. */
export function typicalDays(ways: readonly Pick<Way, "stages" | "closedOn">[]): Map<Stage, Typical> {
  const all = ways.map(({ stages, closedOn }) => daysInStages([...stages], closedOn));
  return new Map(
    SALE.map((stage) => [stage, typicalOf(all.flatMap((days) => days.get(stage) ?? []))] as const),
  );
}

/** The first later stage that was entered on the day of an action or within `MOVED_WITHIN` days after it; null when none was. */
export function movedAfter(stages: readonly StageEntry[], on: Day): { to: Stage; days: number } | null {
  const at = stages
    .filter(({ enteredOn }) => enteredOn < on)
    .reduce((most, { stage }) => Math.max(most, stage), 0);
  const until = addDays(on, MOVED_WITHIN);
  let first: StageEntry | null = null;
  for (const entry of stages) {
    if (entry.stage <= at || entry.enteredOn < on || entry.enteredOn > until) continue;
    const sooner = first === null || entry.enteredOn < first.enteredOn;
    if (sooner || (entry.enteredOn === first!.enteredOn && entry.stage < first!.stage)) first = entry;
  }
  return first && { to: first.stage, days: daysBetween(on, first.enteredOn) };
}

/** Days in a stage of the deals on which partners did something of a type there, beside those without. */
export interface Pattern {
  type: string;
  stage: Stage;
  with: Typical;
  others: Typical;
}

/** Every type and stage that was seen, the most deals with it first, then by name and stage. */
export function patternsOf(ways: readonly Way[]): Pattern[] {
  const seen = ways.map(({ stages, closedOn, acts }) => ({
    days: daysInStages([...stages], closedOn),
    did: new Set(acts.map(({ type, stage }) => `${stage} ${type}`)),
  }));
  const keys = new Set(seen.flatMap(({ did }) => [...did]));
  return [...keys]
    .flatMap((key): Pattern[] => {
      const stage = Number(key[0]) as Stage;
      if (!SALE.includes(stage)) return [];
      const daysOf = (has: boolean) =>
        seen.flatMap(({ days, did }) => (did.has(key) === has ? (days.get(stage) ?? []) : []));
      const those = typicalOf(daysOf(true));
      return those.n === 0
        ? []
        : [{ type: key.slice(2), stage, with: those, others: typicalOf(daysOf(false)) }];
    })
    .sort((a, b) => b.with.n - a.with.n || a.stage - b.stage || (a.type < b.type ? -1 : 1));
}
