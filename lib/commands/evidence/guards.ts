import { type GuardedDeal, isOwnDeal, type OfDeal, ownDeal } from "../deal/guards";
import type { Guard, MaySay } from "../guard";

/** Whoever may log what partners do may hand in what tells of it (§8.2). */
export const mayDropEvidence: Guard<unknown> = { may: "evidence.keep", own: () => true };

/** Which model reads evidence besides, if any. */
export const mayKeepModel: Guard<unknown> = { may: "settings.edit" };

/** What a proposal's guards ask. */
export interface OfProposal {
  proposal: { decision: "accepted" | "dismissed" | null };
}

/** It becomes an activity of whoever accepts it: what may be logged may be accepted. */
export const mayAcceptProposal: Guard<OfDeal & OfProposal> = {
  may: "activity.log",
  own: ownDeal("or a partner manager accepts what was read of it"),
  when: unlessDecided,
};

/** `deal`: null where it is left open which. `droppedBy`: who handed the file in. */
export const mayDismissProposal: Guard<
  OfProposal & { deal: GuardedDeal | null; droppedBy: string | null; dismissed: boolean }
> = {
  may: "evidence.keep",
  own: (actor, { deal, droppedBy }) =>
    (deal !== null && isOwnDeal(actor, deal)) ||
    (droppedBy !== null && droppedBy === actor.userId) ||
    "The deal's own AE, whoever handed the file in, or a partner manager dismisses this",
  when: (subject) =>
    subject.dismissed ? unlessDecided(subject) : isDismissed(subject) || "It was not dismissed",
  hands: ({ userId }) => userId !== null || "A person dismisses this, signed in",
};

const isDismissed = ({ proposal }: OfProposal) => proposal.decision === "dismissed";

function unlessDecided({ proposal: { decision } }: OfProposal): MaySay {
  if (decision === "accepted") return "It was accepted already: it is an activity now";
  return decision === null || "It was dismissed: have it back first";
}
