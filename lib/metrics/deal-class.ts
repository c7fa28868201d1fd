import { DEAL_OUTCOMES, type DealOutcome, OUTCOMES, type Outcome } from "../attribution/vocabulary";
import type { JudgedDeal } from "./judged-deal";

/**
 * All that a number may select a deal by, besides its days: few enough combinations that deals can be counted
 * by them. A tally keeps one line a class, and opening a number asks the database for classes.
 */
export interface DealClass {
  attribution: Outcome;
  outcome: DealOutcome;
  confirmedBeforeClose: boolean;
  /** Closed on or after the day it was created: others have no cycle (§7). */
  hasCycle: boolean;
}

export function classOf({
  attribution,
  outcome,
  confirmedBeforeClose,
  createdOn,
  closedOn,
}: JudgedDeal): DealClass {
  return { attribution, outcome, confirmedBeforeClose, hasCycle: closedOn !== null && closedOn >= createdOn };
}

/** A class as text, `sourced/won/confirmed/cycle`: what the database groups and filters by. */
export function classKey({ attribution, outcome, confirmedBeforeClose, hasCycle }: DealClass): string {
  return `${attribution}/${outcome}/${confirmedBeforeClose ? "confirmed" : "unconfirmed"}/${hasCycle ? "cycle" : "none"}`;
}

/** Every class there can be, by its key. */
export const DEAL_CLASSES: ReadonlyMap<string, DealClass> = new Map(
  OUTCOMES.flatMap((attribution) =>
    DEAL_OUTCOMES.flatMap((outcome) =>
      [true, false].flatMap((confirmedBeforeClose) =>
        [true, false].map((hasCycle) => {
          const one = { attribution, outcome, confirmedBeforeClose, hasCycle };
          return [classKey(one), one] as const;
        }),
      ),
    ),
  ),
);

/** The keys of the classes that a predicate keeps. */
export function classesOf(keeps: (deal: DealClass) => boolean): string[] {
  return [...DEAL_CLASSES].filter(([, one]) => keeps(one)).map(([key]) => key);
}
