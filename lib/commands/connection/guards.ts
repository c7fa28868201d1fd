import type { Day } from "@/lib/attribution/facts";
import { dayInWords } from "@/lib/text/days";
import { all, type Guard } from "../guard";

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
