import type { Actor } from "@/lib/auth/actor";
import { SEATS, type Seat } from "@/lib/auth/roles";
import { all, type Guard, type MaySay } from "../guard";

/** Where a policy stands on its way from draft to force (§8.8). */
export interface OfPolicy {
  proposed: boolean;
  /** What ended the proposal; null while nothing did. */
  ended: "declined" | "withdrawn" | null;
  /** Three people signed it, so that it judges some days. */
  signed: boolean;
}

export const mayStartDraft: Guard<unknown> = { may: "policy.draft" };

/** Changed or discarded. */
export const mayChangeDraft: Guard<OfPolicy> = {
  may: "policy.draft",
  when: ({ proposed }) =>
    !proposed || "The text is frozen since it was proposed: withdraw it and start a new draft",
};

/** `waiting`: the title of another proposal that waits for its signatures. */
export const mayProposePolicy: Guard<OfPolicy & { waiting: string | null }> = {
  may: "policy.draft",
  when: ({ waiting, ...policy }) =>
    all(
      mayChangeDraft.when?.(policy) ?? true,
      waiting === null || `"${waiting}" waits for signatures: one proposal at a time`,
    ),
};

export const mayWithdrawPolicy: Guard<OfPolicy> = {
  may: "policy.draft",
  when: (policy) => all(policy.proposed || "A draft is discarded, not withdrawn", unended(policy)),
};

export const mayDeclinePolicy: Guard<OfPolicy> = {
  may: "policy.sign",
  when: (policy) => all(policy.proposed || "A draft is proposed before it is declined", unended(policy)),
};

/** In one's own seat, over the hash that was proposed: one person, one seat. */
export const maySignPolicy: Guard<OfPolicy & { signatures: readonly { seat: Seat; userId: string }[] }> = {
  may: "policy.sign",
  when: (policy) => all(policy.proposed || "A draft is proposed before it is signed", unended(policy)),
  hands: (actor, { signatures }) =>
    all(
      signatures.every(({ seat }) => seat !== seatOf(actor)) || "This seat has signed already",
      signatures.every(({ userId }) => userId !== actor.userId) || "You have signed: one person, one seat",
    ),
};

export const mayKeepBacktest: Guard<unknown> = { may: "backtest.keep" };

/** The seat that the actor's role fills. */
export const seatOf = ({ role }: Actor): Seat | undefined => SEATS.find((seat) => seat === role);

function unended({ ended, signed }: OfPolicy): MaySay {
  if (ended) return `This proposal was ${ended}`;
  return !signed || "Three people signed it: it is in force until an amendment is";
}
