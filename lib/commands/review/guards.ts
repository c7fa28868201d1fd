import type { Day } from "@/lib/attribution/facts";
import { all, type Guard, type MaySay } from "../guard";

/** A quarter and its review (§8.7). */
export interface OfQuarter {
  /** `2026-Q1`, and its last day. */
  quarter: { label: string; to: Day };
  state: "under_way" | "over" | "frozen";
}

export interface OfReview {
  started: boolean;
}

/** Whoever comes second joins the one that was started. */
export const mayStartReview: Guard<unknown> = { may: "review.drive" };

/** `facilitates`: whether the mover leads, or takes over. */
export const mayDriveReview: Guard<OfReview & { facilitates: boolean }> = {
  may: "review.drive",
  when: started,
  hands: (_, { facilitates }) => facilitates || "Only the facilitator moves the review; take over to drive",
};

/** `ask`: whether the investment ask is written, which is the head of partnerships' own. */
export const mayWriteReview: Guard<OfQuarter & OfReview & { ask: boolean }> = {
  may: "review.write",
  when: (review) => all(thawed(review), started(review)),
  hands: ({ role }, { ask }) =>
    !ask || role === "head_of_partnerships" || "The head of partnerships writes the investment ask",
};

/** `open`: how many of the quarter's exceptions are neither decided nor deferred. */
export const mayFreezeQuarter: Guard<OfQuarter & { open: number }> = {
  may: "quarter.freeze",
  when: ({ open, ...subject }) =>
    all(
      thawed(subject),
      subject.state === "over" || `${subject.quarter.label} is not over: it ends on ${subject.quarter.to}`,
      open === 0 || `${open} exception(s) are neither decided nor deferred with an owner and a day`,
    ),
  hands: ({ userId }) => userId !== null || "A person of finance freezes a quarter",
};

function started({ started: isStarted }: OfReview): MaySay {
  return isStarted || "Nobody has started this quarter's review yet";
}

function thawed({ quarter, state }: OfQuarter): MaySay {
  return state !== "frozen" || `${quarter.label} is frozen: a reviewed quarter never changes`;
}
