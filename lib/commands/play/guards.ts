import type { Guard } from "../guard";

/** A partner's play as it stands. */
export interface OfPlay {
  play: { decision: string | null };
}

const PARTNER_SIDE = "A partner manager or the head of partnerships runs a partner's selling play";

/** `running`: whether one of the partner's runs already. */
export const mayStartPlay: Guard<{ running: boolean }> = {
  may: "step.keep",
  own: () => PARTNER_SIDE,
  when: ({ running }) => !running || "A selling play of this partner runs already: decide that one first",
  hands: ({ userId }) => userId !== null || "A person starts a play, signed in",
};

export const mayDecidePlay: Guard<OfPlay> = {
  may: "step.keep",
  own: () => PARTNER_SIDE,
  hands: ({ userId }) => userId !== null || "A person decides a play, signed in",
};

/** As though it had never been: what was done of it stays. */
export const mayWithdrawPlay: Guard<OfPlay> = {
  ...mayDecidePlay,
  when: ({ play }) => play.decision === null || "It was decided: it stays in the partner's history",
};
