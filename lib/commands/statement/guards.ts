import type { Guard } from "../guard";

/** Whoever looks after partners says what one may see of itself (§9). */
export const mayShareStatement: Guard<unknown> = { may: "statement.share" };

/** Asked of whoever holds the link, who is nobody here: the token is all that counts, and the verb asks for it. */
export const mayOpenStatement: Guard<unknown> = { may: "account.keep", own: () => true };
