import { isCredited } from "../attribution/models";
import {
  DEAL_OUTCOMES,
  type DealOutcome,
  GRADES,
  type Grade,
  OUTCOMES,
  type Outcome,
} from "../attribution/vocabulary";
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
  /** Who stands behind its outcome (§5); null exactly without credit. */
  evidence: Grade | null;
}

export function classOf({
  attribution,
  outcome,
  confirmedBeforeClose,
  createdOn,
  closedOn,
  evidence,
}: JudgedDeal): DealClass {
  const hasCycle = closedOn !== null && closedOn >= createdOn;
  return { attribution, outcome, confirmedBeforeClose, hasCycle, evidence };
}

/** A class as text, `sourced/won/confirmed/cycle/stated`: what the database groups and filters by. */
export function classKey({
  attribution,
  outcome,
  confirmedBeforeClose,
  hasCycle,
  evidence,
}: DealClass): string {
  return `${attribution}/${outcome}/${confirmedBeforeClose ? "confirmed" : "unconfirmed"}/${hasCycle ? "cycle" : "none"}/${evidence ?? "none"}`;
}

/** The grades that an outcome's evidence can have. */
const gradesOf = (attribution: Outcome): readonly (Grade | null)[] =>
  isCredited(attribution) ? GRADES : [null];

/** Every class there can be, by its key. */
export const DEAL_CLASSES: ReadonlyMap<string, DealClass> = new Map(
  OUTCOMES.flatMap((attribution) =>
    DEAL_OUTCOMES.flatMap((outcome) =>
      [true, false].flatMap((confirmedBeforeClose) =>
        [true, false].flatMap((hasCycle) =>
          gradesOf(attribution).map((evidence) => {
            const one = { attribution, outcome, confirmedBeforeClose, hasCycle, evidence };
            return [classKey(one), one] as const;
          }),
        ),
      ),
    ),
  ),
);

/** The keys of the classes that a predicate keeps. */
export function classesOf(keeps: (deal: DealClass) => boolean): string[] {
  return [...DEAL_CLASSES].filter(([, one]) => keeps(one)).map(([key]) => key);
}
