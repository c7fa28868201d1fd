import type { Day } from "./facts";
import { isCredited } from "./models";
import type { Outcome } from "./vocabulary";

/** A partner with its outcome and its earliest role, registration or activity day, if any. */
export interface Claimant {
  partnerId: string;
  outcome: Outcome;
  firstDay: Day | null;
}

/**
 * Each claimant's credit in minor units, in the order given: `amount` split equally between those with
 * the same credited outcome, odd units one each to the earliest, then by id; null without credit. The
 * lines of one outcome sum to `amount`; lines of different outcomes are never added. domain.md §5 *credit*.
 */
export function splitCredit(amount: number, claimants: readonly Claimant[]): (number | null)[] {
  return claimants.map((claimant) => {
    if (!isCredited(claimant.outcome)) return null;
    const sharers = claimants.filter(({ outcome }) => outcome === claimant.outcome);
    const share = Math.floor(amount / sharers.length);
    const odd = amount - share * sharers.length;
    const place = sharers.filter((sharer) => comesBefore(sharer, claimant)).length;
    return place < odd ? share + 1 : share;
  });
}

function comesBefore(a: Claimant, b: Claimant): boolean {
  if (a.firstDay === b.firstDay) return a.partnerId < b.partnerId;
  // A partner known by a ruling alone has no day and comes last.
  if (a.firstDay === null) return false;
  return b.firstDay === null || a.firstDay < b.firstDay;
}
