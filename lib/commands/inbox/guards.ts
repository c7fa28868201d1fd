import { type GuardedDeal, isOwnDeal } from "../deal/guards";
import type { Guard } from "../guard";

/** What one puts off is one's own queue alone, whoever the item is of. */
export const maySnoozeItem: Guard<unknown> = {
  may: "inbox.keep",
  own: ({ userId }) => userId !== null || "A person puts items off, signed in",
};

/** `deal`: what the item is about; null where there is no deal yet. */
export const mayDelegateItem: Guard<{ deal: GuardedDeal | null }> = {
  may: "inbox.delegate",
  own: (actor, { deal }) =>
    (deal !== null && isOwnDeal(actor, deal)) ||
    `${deal ? `The deal's own AE, ${deal.owner}, or a` : "A"} partner manager gives this to somebody`,
  hands: ({ userId }) => userId !== null || "A person gives items to somebody, signed in",
};
