import { all, type Guard, type MaySay } from "../guard";

/** A person as their passkeys see them. */
export interface OfPasskeys {
  userId: string;
  demo: boolean;
}

/** One's own passkeys, whatever one's role. */
export const mayKeepPasskeys: Guard<OfPasskeys> = {
  may: "account.keep",
  own: (actor, { userId }) => actor.userId === userId || "Everybody keeps their own passkeys, and no other",
  when: ({ demo }): MaySay => !demo || "People of the demo sign with the password that everybody can read",
};

/** Whoever lost theirs has an admin take it away: nobody can sign by what is not there. */
export const mayRemovePasskey: Guard<{ userId: string }> = {
  may: "account.keep",
  own: (actor, { userId }) =>
    all(actor.userId === userId || actor.role === "admin" || "An admin takes away the passkeys of others"),
};
