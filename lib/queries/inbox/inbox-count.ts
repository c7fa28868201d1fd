import { z } from "zod";
import { defineQuery } from "../query";
import { askedBy, readItems } from "./read-items";

/** Beyond so many of a kind, the number in the navigation is "and more". */
const BOUND = 50;

/** How much of one's own is left, for beside the inbox's name. */
export const inboxCount = defineQuery({
  name: "inbox-count",
  summary: "How many items of one's own the inbox holds, up to a bound.",
  input: z.strictObject({}),
  output: z.object({ count: z.int(), more: z.boolean() }),
  async run(context) {
    const found = await readItems(context.db, await askedBy(context, "mine"), BOUND);
    return {
      count: found.reduce((sum, { items }) => sum + items.length, 0),
      more: found.some(({ more }) => more),
    };
  },
});
