import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { dayInWords } from "@/lib/text/days";
import { all, type Guard, type MaySay } from "../guard";
import { ofOwnStory } from "../hand-guards";

export type Side = "finance" | "partnerships";

/** A contested record in words, "Northgate's activity of 10 May 2026", and who recorded it; null for an import. */
export interface Recorded {
  what: string;
  by: string | null;
}

/** An exception: how it stands, and who stands on which side of it. */
export interface OfException {
  /** The quarter whose log it is in. */
  quarter: string;
  frozen: boolean;
  /** It is part of the demo story. */
  demo: boolean;
  settledOn: Day | null;
  /** Who raised it; null when it was found. */
  raisedBy: string | null;
  /** Who at the partner contests it by its statement. */
  contestedBy: string | null;
  contested: readonly Recorded[];
  votes: readonly { side: Side; userId: string }[];
  /** Who decides in place of a side here, by the one case or by all of the side's. */
  deputies: readonly { side: Side; userId: string }[];
}

/** The side that each deciding role speaks for (§8.6). */
export const SIDES: Readonly<Partial<Record<UserRole, Side>>> = {
  finance: "finance",
  head_of_partnerships: "partnerships",
};

export const SIDE_NAMES: Readonly<Record<Side, string>> = {
  finance: "finance",
  partnerships: "partnerships",
};

/** Whose role lets them decide in place of a side: nobody of the other one, nor who runs or audits the system. */
export const MAY_BE_DEPUTY: Readonly<Record<Side, readonly UserRole[]>> = {
  finance: ["finance", "cro"],
  partnerships: ["head_of_partnerships", "partner_manager", "cro"],
};

/** For which side somebody decides: their role's, else the one whose deputy they are. */
export function sideOf(
  { role, userId }: Pick<Actor, "role" | "userId">,
  deputies: OfException["deputies"],
): Side | undefined {
  return SIDES[role] ?? deputies.find((one) => one.userId === userId)?.side;
}

export const mayCommentException: Guard<Pick<OfException, "quarter" | "frozen">> = {
  may: "exception.raise",
  when: thawed,
};

/** Nobody decides what they raised, nor about what they recorded themselves (§8.6). */
export const mayDecideException: Guard<OfException> = {
  may: "exception.decide",
  own: decidesHere,
  when: undecided,
  hands: (actor, { raisedBy, contested, votes, deputies, demo }) => {
    const { userId } = actor;
    if (userId === null) return "A person decides, not the command line";
    const story = ofOwnStory(actor, { demo }, "decide");
    if (story !== true) return story;
    if (raisedBy === userId) return "Nobody decides on their own claim: you raised this";
    const own = contested.find(({ by }) => by === userId);
    if (own) return `Nobody decides on their own claim: you recorded ${own.what}`;
    const other = votes.find(({ side }) => side !== sideOf(actor, deputies));
    return (
      other?.userId !== userId || "A decision needs two people: you have decided for the other side already"
    );
  },
};

/** Several at once: each is asked for itself, and what does not take the decision is left out by name. */
export const mayDecideExceptions: Guard<{ cases: readonly Pick<OfException, "deputies">[] }> = {
  may: "exception.decide",
  own: (actor, { cases }) =>
    cases.some((one) => decidesHere(actor, one) === true) || "Neither side has named you as its deputy",
};

/** To whom it is given. */
export const mayAssignException: Guard<Pick<OfException, "settledOn" | "quarter" | "frozen">> = {
  may: "exception.assign",
  when: undecided,
};

/** Left undecided past a freeze: that clears its way, so it is for those who decide (§9). */
export const mayDeferException: Guard<Pick<OfException, "settledOn" | "quarter" | "frozen" | "demo">> = {
  may: "exception.defer",
  when: undecided,
  hands: (actor, subject) => ofOwnStory(actor, subject, "defer"),
};

/** A found one is nobody's to withdraw: the facts made it. */
export const mayWithdrawException: Guard<
  Pick<OfException, "settledOn" | "quarter" | "frozen" | "raisedBy" | "contestedBy">
> = {
  may: "exception.raise",
  when: (subject) =>
    all(
      subject.raisedBy !== null || "It was found in the facts: both sides decide it",
      subject.contestedBy === null || "The partner contests it by its statement: both sides decide it",
      undecided(subject),
    ),
  hands: ({ userId }, { raisedBy }) =>
    (userId !== null && raisedBy === userId) || "Whoever raised a case may withdraw it",
};

/** Who is named, beside the side that names: null for nobody any more. */
export interface OfDeputy {
  deputy: {
    id: string;
    name: string;
    role: UserRole;
    /** The side that this person is the deputy of already, where this one would be. */
    of: Side | null;
  } | null;
  /** The one case; null for all of the side's. */
  exception: Pick<OfException, "settledOn" | "quarter" | "frozen"> | null;
}

/** A side names who decides in its place, so that no case is undecidable (§8.6). */
export const mayNameDeputy: Guard<OfDeputy> = {
  may: "exception.name_deputy",
  when: ({ exception }) => exception === null || undecided(exception),
  hands: (actor, { deputy }) => {
    const side = SIDES[actor.role];
    if (!deputy || !side) return true;
    if (deputy.id === actor.userId) return "A deputy is somebody else";
    if (deputy.of !== null && deputy.of !== side)
      return `${deputy.name} is the deputy of ${SIDE_NAMES[deputy.of]}: nobody decides for both sides`;
    if (!MAY_BE_DEPUTY[side].includes(deputy.role))
      return `${deputy.name} cannot decide for ${SIDE_NAMES[side]}: ${whyNot(deputy.role)}`;
    return true;
  },
};

function whyNot(role: UserRole): string {
  if (role === "admin" || role === "auditor") return "who runs or audits the system decides nothing";
  if (role === "ae") return "the deals are theirs";
  return "they stand on the other side";
}

function decidesHere(actor: Actor, { deputies }: Pick<OfException, "deputies">): MaySay {
  return (
    sideOf(actor, deputies) !== undefined ||
    "Finance and partnerships decide, or a deputy that one of them named"
  );
}

function undecided(subject: Pick<OfException, "settledOn" | "quarter" | "frozen">): MaySay {
  return all(
    subject.settledOn === null || `It was settled on ${dayInWords(subject.settledOn)}: a decision stands`,
    thawed(subject),
  );
}

function thawed({ quarter, frozen }: Pick<OfException, "quarter" | "frozen">): MaySay {
  return !frozen || `${quarter} is frozen, and its cases are closed with it`;
}
