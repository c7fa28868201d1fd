import { SEATS, type Seat } from "@/lib/auth/roles";
import { all, type Guard, type MaySay } from "../guard";
import { ofOwnStory, withOwnPassword } from "../hand-guards";
import { seatOf } from "../policy/guards";

/** A plan as its guards ask about it. */
export interface OfPlan {
  withdrawn: boolean;
  signatures: readonly { seat: Seat; userId: string }[];
  demo: boolean;
}

export const isSigned = ({ signatures }: Pick<OfPlan, "signatures">) => signatures.length === SEATS.length;

export const mayDraftPlan: Guard<unknown> = { may: "compensation.draft" };

const unended = (plan: OfPlan): MaySay =>
  all(
    !plan.withdrawn || "This plan was withdrawn",
    !isSigned(plan) || "Three people signed this plan: it pays until another does",
  );

export const mayWithdrawPlan: Guard<OfPlan> = { may: "compensation.draft", when: unended };

/**
 * After the policy and under one that is in force, in one's own seat, by a password of one's own (§8.10 [2]).
 * `overlaps`: the title of a signed plan that pays the same payees for one of its quarters.
 */
export const maySignPlan: Guard<OfPlan & { policyInForce: boolean; overlaps: string | null }> = {
  may: "compensation.sign",
  when: ({ policyInForce, overlaps, ...plan }) =>
    all(
      unended(plan),
      policyInForce || "Compensation follows a signed policy, and none is in force",
      overlaps === null || `"${overlaps}" pays the same people for one of its quarters already`,
    ),
  hands: (actor, { signatures, ...plan }) =>
    all(
      ofOwnStory(actor, plan, "sign"),
      withOwnPassword(actor, "sign"),
      signatures.every(({ seat }) => seat !== seatOf(actor)) || "This seat has signed already",
      signatures.every(({ userId }) => userId !== actor.userId) || "You have signed: one person, one seat",
    ),
};

export const mayPayCompensation: Guard<OfPlan & { covers: boolean; frozen: boolean; due: number }> = {
  may: "compensation.pay",
  when: ({ covers, frozen, due, ...plan }) =>
    all(
      isSigned(plan) || "Nothing is paid by a plan that three people have not signed",
      covers || "The plan does not pay for this quarter",
      frozen || "Paid is what is sealed: the quarter is not frozen yet",
      due > 0 || "All that is earned was paid",
    ),
  hands: (actor, plan) => all(ofOwnStory(actor, plan, "pay"), withOwnPassword(actor, "pay")),
};
