import type { LockedByClose } from "../deal/guards";
import { type OfDeal, ownDeal } from "../deal/guards";
import { all, type Guard, type MaySay } from "../guard";
import { ofOwnStory } from "../hand-guards";

/** What a correction would change of a closed deal, by column. */
export type Locked = Partial<Record<LockedByClose, string | number | null>>;

/** A deal with the correction that waits for finance, if one does. */
export interface OfCorrectable extends OfDeal {
  waiting: string | null;
}

export interface OfCorrection {
  deal: { demo: boolean };
  correction: { state: "proposed" | "accepted" | "declined" | "withdrawn"; proposedBy: string };
}

export const mayProposeCorrection: Guard<OfCorrectable> = {
  may: "correction.propose",
  own: ownDeal("proposes a correction of it"),
  when: ({ deal: { outcome }, waiting }) =>
    all(
      outcome !== "open" || "The deal is open: edit it",
      waiting === null || "A correction of this deal waits for finance already",
    ),
  hands: ({ userId }) => userId !== null || "A person proposes this, signed in",
};

/** Two hands (§8.3): finance accepts or declines what somebody else proposed. */
export const mayAnswerCorrection: Guard<OfCorrection> = {
  may: "correction.answer",
  when: ({ correction }) => unlessAnswered(correction),
  hands: (actor, { deal, correction }) => {
    if (actor.userId === null) return "A person answers this, signed in";
    if (correction.proposedBy === actor.userId)
      return "You proposed this correction: another person from finance answers it";
    return ofOwnStory(actor, deal, "correct");
  },
};

export const mayWithdrawCorrection: Guard<OfCorrection> = {
  may: "correction.propose",
  own: proposer,
  when: ({ correction }) => unlessAnswered(correction),
  hands: proposer,
};

function proposer({ userId }: { userId: string | null }, { correction }: OfCorrection): MaySay {
  return correction.proposedBy === userId || "A correction is withdrawn by whoever proposed it";
}

function unlessAnswered({ state }: OfCorrection["correction"]): MaySay {
  return state === "proposed" || `This correction was ${state} already`;
}
