import type { Day } from "@/lib/attribution/facts";
import type { QuarterProgress } from "@/lib/calendar";
import { dayInWords } from "@/lib/text/days";
import { all, type Guard, type MaySay } from "../guard";
import { ofOwnStory, withOwnPassword } from "../hand-guards";

/** A quarter and its review (§8.7). */
export interface OfQuarter {
  /** `2026-Q1`, and its days. */
  quarter: { label: string; from: Day; to: Day };
  state: QuarterProgress | "frozen";
}

export interface OfReview {
  started: boolean;
}

/** Of a quarter that is over; whoever comes second joins the one that was started. */
export const mayStartReview: Guard<OfQuarter> = {
  may: "review.drive",
  when: (subject) => all(thawed(subject), over(subject)),
};

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

/** A quarter about to be frozen: its close checklist, and who prepared its freeze; null while nobody has. */
export interface OfClose extends OfQuarter {
  checklist: readonly { done: boolean; says: string }[];
  preparation: { by: { id: string; name: string } } | null;
  /** Nothing real closed in it: it is the demo story's own. */
  demo: boolean;
}

/** The first of the two hands of a freeze. */
export const mayPrepareFreeze: Guard<OfClose> = {
  may: "quarter.prepare",
  when: ({ checklist, ...subject }) => all(thawed(subject), over(subject), complete(checklist)),
  hands: (actor, subject) =>
    all(
      actor.userId !== null || "A person prepares a freeze",
      ofOwnStory(actor, subject, "prepare and freeze"),
    ),
};

/** The second, of finance: over what somebody else prepared (§9 two hands). */
export const mayFreezeQuarter: Guard<OfClose> = {
  may: "quarter.freeze",
  when: ({ checklist, preparation, ...subject }) =>
    all(
      thawed(subject),
      over(subject),
      complete(checklist),
      preparation !== null || "Nobody has prepared this freeze yet: one person prepares it, another freezes",
    ),
  hands: (actor, { preparation, demo }) =>
    all(
      ofOwnStory(actor, { demo }, "prepare and freeze"),
      actor.userId !== null || "A person of finance freezes a quarter",
      actor.userId !== preparation?.by.id || "You prepared this freeze: another person of finance freezes",
      withOwnPassword(actor, "freeze"),
    ),
};

/** A deal of a quarter that might be corrected. `waiting`: one restatement of it waits for its second person. */
export interface OfRestating {
  quarter: string;
  frozen: boolean;
  waiting: boolean;
}

export const mayProposeRestatement: Guard<OfRestating> = {
  may: "restatement.answer",
  when: ({ quarter, frozen, waiting }) =>
    all(
      frozen || `${quarter} is not frozen: its numbers are as of now`,
      !waiting || "A restatement of this deal waits for a second person already",
    ),
  hands: ({ userId }) => userId !== null || "A person proposes a restatement",
};

/** A restatement: who proposed it, whether they are of finance, and what ended it. */
export interface OfRestatement {
  proposedBy: string;
  byFinance: boolean;
  ended: "accepted" | "declined" | null;
}

const waits = ({ ended }: OfRestatement): MaySay => ended === null || `This restatement was ${ended}`;

/** Two hands, one of them of finance (§8.7, §9). */
export const mayAcceptRestatement: Guard<OfRestatement> = {
  may: "restatement.answer",
  when: waits,
  hands: ({ userId, role }, { proposedBy, byFinance }) =>
    all(
      userId !== null || "A person accepts a restatement",
      userId !== proposedBy || "You proposed this: another person accepts it",
      byFinance || role === "finance" || "One of the two is of finance: somebody of finance accepts this",
    ),
};

export const mayDeclineRestatement: Guard<OfRestatement> = {
  may: "restatement.answer",
  when: waits,
  hands: ({ userId }) => userId !== null || "A person declines a restatement",
};

function over({ quarter, state }: OfQuarter): MaySay {
  if (state === "not_begun")
    return `${quarter.label} has not begun: it begins on ${dayInWords(quarter.from)}`;
  return state === "over" || `${quarter.label} is not over: it ends on ${dayInWords(quarter.to)}`;
}

function complete(checklist: OfClose["checklist"]): MaySay {
  return checklist.find(({ done }) => !done)?.says ?? true;
}

function started({ started: isStarted }: OfReview): MaySay {
  return isStarted || "Nobody has started this quarter's review yet";
}

function thawed({ quarter, state }: OfQuarter): MaySay {
  return state !== "frozen" || `${quarter.label} is frozen: a reviewed quarter never changes`;
}
