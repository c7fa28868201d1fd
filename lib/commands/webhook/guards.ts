import type { Guard } from "../guard";

/** Where other systems are told, and what is sent to them again. */
export const mayKeepWebhooks: Guard<unknown> = { may: "settings.edit" };
