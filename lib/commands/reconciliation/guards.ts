import type { FindingKind } from "@/lib/attribution/reconciliation";
import type { DealOutcome } from "@/lib/attribution/vocabulary";
import { monthInWords } from "@/lib/text/days";
import { count, plural } from "@/lib/text/words";
import { all, type Guard, type MaySay } from "../guard";
import { ofOwnStory } from "../hand-guards";

/** A month as it stands: `2026-10`. */
export interface OfMonth {
  month: string;
  locked: boolean;
  /** The frozen quarter that it lies in. */
  frozen: string | null;
}

/** A closed deal in its month. */
export interface OfClosedDeal extends OfMonth {
  deal: { outcome: DealOutcome; demo: boolean };
  found: readonly { kind: FindingKind }[];
  /** Somebody decided that it stands. */
  decided: boolean;
  /** And that holds for what is found now. */
  holds: boolean;
  /** What is asked: that it stands, or that the decision about it is taken back. */
  stands: boolean;
}

/**
 * What is found is left as it stands: no fact changes, so no credit. A win without its AE's answer does not stand so:
 * it is confirmed, or the two sides decide (§5 Confirmation).
 */
export const mayReconcileDeal: Guard<OfClosedDeal> = {
  may: "reconciliation.decide",
  when: (deal) => all(unlessShut(deal), deal.stands ? mayStand(deal) : deal.decided || NOBODY_DECIDED),
  hands: (actor, { deal }) =>
    actor.userId === null ? "A person decides this, signed in" : ofOwnStory(actor, deal, "decide"),
};

const NOBODY_DECIDED = "Nobody has decided about it";

function mayStand({ deal, found, holds }: OfClosedDeal): MaySay {
  return all(
    found.length > 0 || "Nothing is found on it: there is nothing to decide",
    !holds || "It was decided already that it stands",
    deal.outcome === "lost" ||
      found.every(({ kind }) => kind !== "unconfirmed") ||
      "It was won without a confirmation: its AE confirms the attribution, or the two sides decide",
  );
}

function unlessShut({ month, locked, frozen }: OfMonth): MaySay {
  return all(
    frozen === null || `${frozen} is frozen: nothing of the month is decided any more`,
    !locked || `${monthInWords(month)} is locked: raise an exception, or have finance unlock it`,
  );
}

/** What a lock asks of a month. */
export interface OfLock extends OfMonth {
  ended: boolean;
  closed: number;
  undecided: number;
  /** All of it is the demo's own. */
  demo: boolean;
}

/** Nothing is undecided before the lock (§8.5). */
export const mayLockMonth: Guard<OfLock> = {
  may: "month.lock",
  when: ({ month, locked, frozen, ended, closed, undecided }) =>
    all(
      frozen === null || `${frozen} is frozen, and the month with it`,
      !locked || `${monthInWords(month)} is locked already`,
      ended || `${monthInWords(month)} has not ended`,
      undecided === 0 ||
        `${undecided} of ${count(closed, "deal")} closed in ${monthInWords(month)} ${plural(undecided, "is", "are")} undecided`,
    ),
  hands: (actor, month) =>
    actor.userId === null ? "A person locks a month, signed in" : ofOwnStory(actor, month, "lock"),
};

export const mayUnlockMonth: Guard<OfMonth> = {
  may: "month.lock",
  when: ({ month, locked, frozen }) =>
    all(
      frozen === null || `${frozen} is frozen, and the month with it`,
      locked || `${monthInWords(month)} is not locked`,
    ),
};
