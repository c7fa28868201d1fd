import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import type { Guard, MaySay } from "../guard";

/** An exception: when it was settled, and who stands on which side of it. */
export interface OfException {
  settledOn: Day | null;
  /** Who raised it; null when it was found. */
  raisedBy: string | null;
  /** The contested role rows and activities, and who recorded each. */
  contested: readonly { id: string; by: string | null }[];
  votes: readonly { side: Side; userId: string }[];
}

export type Side = "finance" | "partnerships";

/** The side that each deciding role speaks for (§8.6). */
export const SIDES = { finance: "finance", head_of_partnerships: "partnerships" } as const;

export const sideOf = ({ role }: Actor): Side | undefined => SIDES[role as keyof typeof SIDES];

export const mayCommentException: Guard<unknown> = { may: "exception.raise" };

/** Nobody decides what they raised, nor about a row or an activity that they recorded themselves (§8.6). */
export const mayDecideException: Guard<OfException> = {
  may: "exception.decide",
  when: unsettled,
  hands: (actor, { raisedBy, contested, votes }) => {
    const { userId } = actor;
    if (userId === null) return "A person decides, not the command line";
    if (raisedBy === userId) return "Nobody decides on their own claim: you raised this";
    const own = contested.find(({ by }) => by === userId);
    if (own) return `Nobody decides on their own claim: you recorded ${own.id}`;
    const other = votes.find(({ side }) => side !== sideOf(actor));
    return (
      other?.userId !== userId || "A decision needs two people: you have decided for the other side already"
    );
  },
};

/** To whom it is given. */
export const mayAssignException: Guard<Pick<OfException, "settledOn">> = {
  may: "exception.assign",
  when: unsettled,
};

/** Left past a freeze: that clears its way, so it is for those who decide (§9). */
export const mayDeferException: Guard<Pick<OfException, "settledOn">> = {
  may: "exception.defer",
  when: unsettled,
};

function unsettled({ settledOn }: Pick<OfException, "settledOn">): MaySay {
  return settledOn === null || `It was settled on ${settledOn}: a decision stands`;
}
