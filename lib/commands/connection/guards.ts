import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import type { Kind } from "@/lib/interchange/kinds";
import { dayInWords } from "@/lib/text/days";
import { type GuardedDeal, isOwnDeal, onDay, unlessMonthLocked } from "../deal/guards";
import { all, type Guard, type MaySay } from "../guard";

/** Another system that is read, as far as what may become of it goes. */
export interface OfConnection {
  connection: {
    createdBy: string;
    onSince: Date | null;
    looked: object | null;
    acceptedOn: Day | null;
    /** Whether a dry run went by the settings that it has now. */
    isRehearsed: boolean;
  };
}

export const mayKeepConnection: Guard<unknown> = { may: "connection.keep" };

/** Nothing is switched on that was not reached, and tried by the settings that it has. */
export const maySwitchConnection: Guard<OfConnection & { on: boolean | undefined }> = {
  may: "connection.keep",
  when: ({ connection: { looked, isRehearsed }, on }) =>
    on !== true ||
    all(
      looked !== null || "Test it first: nobody has reached it yet",
      isRehearsed || "Make a dry run first: nobody has seen what these settings would change",
    ),
};

/** What a test, a dry run or a sync needs. */
export const mayAskConnection: Guard<OfConnection & { ask: string }> = {
  may: "connection.keep",
  when: ({ connection: { onSince, looked }, ask }) => {
    if (ask === "test") return true;
    if (looked === null) return "Test it first: nobody has reached it yet";
    return ask === "rehearse" || onSince !== null || "It is switched off";
  },
};

/** What it brings is witnessed by finance's word, never by whoever made it (§1 evidence). */
export const mayAcceptConnection: Guard<OfConnection & { accept: boolean }> = {
  may: "connection.accept",
  when: ({ connection: { acceptedOn, looked }, accept }) => {
    if (!accept) return acceptedOn !== null || "It is accepted by nobody";
    return all(
      acceptedOn === null || `It was accepted on ${acceptedOn && dayInWords(acceptedOn)}`,
      looked !== null || "Nobody has reached it yet: there is nothing to accept",
    );
  },
  hands: (actor, { connection: { createdBy }, accept }) =>
    all(
      actor.userId !== null || "A person accepts a connection, signed in",
      !accept || createdBy !== actor.id || "You made this connection: somebody else accepts it",
    ),
};

/** A record that a connection says otherwise than a person here (docs/connections.md). */
export interface OfDifference {
  of: Kind;
  /** The deal that it is, or is about; null of an account, a partner, or where the deal is here no more. */
  deal: GuardedDeal | null;
  /** It is gone at its source. */
  isGone: boolean;
  take: "here" | "there";
}

/**
 * Which holds: of an open deal its AE says, of a closed one who reconciles its month (§8.5), of any an admin, who keeps the
 * connection. What the CRM says of a closed deal amends it, as whatever the mirror brings; its role table is locked (§8.3).
 */
export const maySettleDifference: Guard<OfDifference> = {
  may: "difference.settle",
  own: (actor, { deal }) =>
    (deal !== null && isOwnDeal(actor, deal)) ||
    (deal ? `The deal's own AE, ${deal.owner}, settles this` : "An admin settles this"),
  when: ({ of, deal, isGone, take }) =>
    all(
      deal === null || unlessMonthLocked(deal),
      take === "here" || of !== "roles" || deal === null || deal.outcome === "open" || lockedRows(deal),
      take === "here" ||
        of === "roles" ||
        !isGone ||
        "A deal is removed on its own page, where what stands on it is shown",
    ),
  hands: settles,
};

const lockedRows = ({ outcome, closedOn }: GuardedDeal) =>
  `The deal was ${outcome}${onDay(closedOn)}: its role table is locked; keep what stands, or raise an exception`;

function settles({ userId, role }: Actor, { deal }: OfDifference): MaySay {
  if (userId === null) return "A person settles this, signed in";
  if (role === "admin") return true;
  if (deal === null) return "An admin settles this";
  if (deal.outcome === "open")
    return role === "ae" || `The deal is open: its AE, ${deal.owner}, settles this`;
  return role !== "ae" || "It has closed: whoever reconciles its month settles this";
}
