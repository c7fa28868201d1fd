import type { Day, StageEntry } from "../attribution/facts";
import { daysBetween } from "../calendar";
import { type Typical, typicalOf } from "./velocity";

/**
 * What facts alone show, with its number: no credit, and no rule reads it. Source: domain.md §7 observed.
 */

/** A won deal of an account with its way, and when a partner was first on it. */
export interface AccountWay {
  accountId: string;
  stages: readonly StageEntry[];
  closedOn: Day;
  /** The first day on which a partner did something on it; null where none did. */
  partnerOn: Day | null;
}

/** Days in the stages of an account's won deals: those that a partner was on before they were left, and the others. */
export interface AccountPace {
  accountId: string;
  with: Typical;
  without: Typical;
}

/** The accounts whose stages were typically shorter with a partner than without, the greatest difference first. */
export function fasterWithPartners(ways: readonly AccountWay[]): AccountPace[] {
  const sides = new Map<string, { with: number[]; without: number[] }>();
  for (const { accountId, stages, closedOn, partnerOn } of ways) {
    const side = sides.get(accountId) ?? { with: [], without: [] };
    sides.set(accountId, side);
    for (const [at, { stage, enteredOn }] of stages.entries()) {
      const leftOn = stages[at + 1]?.enteredOn ?? closedOn;
      // After the sale nothing is closed any faster.
      if (stage < 1 || stage > 5 || leftOn < enteredOn) continue;
      const isWith = partnerOn !== null && partnerOn <= leftOn;
      (isWith ? side.with : side.without).push(daysBetween(enteredOn, leftOn));
    }
  }
  return [...sides]
    .map(([accountId, side]) => ({
      ...{ accountId, with: typicalOf(side.with), without: typicalOf(side.without) },
    }))
    .filter((one) => gain(one) > 0)
    .sort((a, b) => gain(b) - gain(a) || (a.accountId < b.accountId ? -1 : 1));
}

/** Days that are typically saved; none where either side is too few to tell. */
const gain = ({ with: one, without: other }: AccountPace): number =>
  one.median === null || other.median === null ? 0 : other.median - one.median;
