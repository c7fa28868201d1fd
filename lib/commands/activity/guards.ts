import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { dayInWords } from "@/lib/text/days";
import { isLate, isOwnDeal, type OfDeal, ownDeal, unlessClosed, unlessLocked } from "../deal/guards";
import type { Guard, MaySay } from "../guard";

/** An activity of a deal, with who logged it; null when an import brought it. */
export interface OfActivity extends OfDeal {
  activity: {
    recordedBy: string | null;
    /** Who last rewrote it; null while it says what its recorder said. */
    changedBy: string | null;
    recordedOn: Day;
    vouchedOn: Day | null;
  };
}

export const mayLogActivity: Guard<OfDeal> = {
  may: "activity.log",
  own: ownDeal("or a partner manager logs what happened on it"),
};

/**
 * `rewrites`: whether it changes what happened, or takes its proof away. Next steps are kept and a
 * missing proof is brought after the close, too; whether it counts then, the policy says.
 */
export const mayEditActivity: Guard<OfActivity & { rewrites: boolean }> = {
  may: "activity.change",
  own: logged,
  when: ({ deal, activity, rewrites }) => !rewrites || unlessClosed(deal, activity.recordedOn),
};

/** One that was logged after the close is its logger's to take back, and nobody else's: with it goes a case. */
export const mayWithdrawActivity: Guard<OfActivity> = {
  may: "activity.change",
  own: logged,
  when: ({ deal, activity }) => unlessLocked(deal, activity.recordedOn),
  hands: ({ userId }, { deal, activity: { recordedBy, recordedOn } }) =>
    userId === null ||
    recordedBy === userId ||
    !isLate(deal, recordedOn) ||
    "An activity from after the close is withdrawn by whoever logged it",
};

/** The second hand: the AE says that it happened as somebody else logged it (§1 evidence). */
export const mayVouchActivity: Guard<OfActivity> = {
  may: "activity.vouch",
  own: ownDeal("vouches for what happened on it"),
  when: ({ activity: { vouchedOn } }) =>
    vouchedOn === null || `It was vouched for on ${dayInWords(vouchedOn)} already`,
  hands: ({ userId }, { activity: { changedBy, recordedBy } }) =>
    (changedBy ?? recordedBy) !== userId || "You logged this activity: somebody else vouches for it",
};

/** A partner manager's are those they logged, an AE's those they logged on their own deal. */
function logged(actor: Actor, { deal, activity }: OfActivity): MaySay {
  const own = activity.recordedBy !== null && activity.recordedBy === actor.userId;
  return (
    (own && (actor.role !== "ae" || isOwnDeal(actor, deal))) ||
    "An activity is changed by whoever logged it, or by the head of partnerships"
  );
}
