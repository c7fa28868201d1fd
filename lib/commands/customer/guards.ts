import type { Guard } from "../guard";

/** Accounts, and which partners are in them (§9). */
export const mayEditAccount: Guard<unknown> = { may: "account.edit" };
