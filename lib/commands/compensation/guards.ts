import { all, type Guard, type MaySay } from "../guard";
import { ofOwnStory, withOwnPassword } from "../hand-guards";
import { handsThatSign, type OfDocument, type OfSeats, unended } from "../signing/guards";

export const mayDraftPlan: Guard<unknown> = { may: "compensation.draft" };

const waits = (plan: OfDocument): MaySay =>
  unended(plan, "plan", "Three people signed this plan: it pays until another does");

export const mayWithdrawPlan: Guard<OfDocument> = { may: "compensation.draft", when: waits };

export const mayViewPlan: Guard<OfDocument> = { may: "compensation.sign", when: waits };

/**
 * After the policy and under one that is in force, in one's own seat, by a password of one's own (§8.10 [2]).
 * `overlaps`: the title of a signed plan that pays the same payees for one of its quarters.
 */
export const maySignPlan: Guard<OfSeats & { policyInForce: boolean; overlaps: string | null }> = {
  may: "compensation.sign",
  when: ({ policyInForce, overlaps, ...plan }) =>
    all(
      waits(plan),
      policyInForce || "Compensation follows a signed policy, and none is in force",
      overlaps === null || `"${overlaps}" pays the same people for one of its quarters already`,
    ),
  hands: handsThatSign,
};

export const mayPayCompensation: Guard<OfDocument & { covers: boolean; frozen: boolean; due: number }> = {
  may: "compensation.pay",
  when: ({ covers, frozen, due, ...plan }) =>
    all(
      plan.signed || "Nothing is paid by a plan that three people have not signed",
      covers || "The plan does not pay for this quarter",
      frozen || "Paid is what is sealed: the quarter is not frozen yet",
      due > 0 || "All that is earned was paid",
    ),
  hands: (actor, plan) => all(ofOwnStory(actor, plan, "pay"), withOwnPassword(actor, "pay")),
};
