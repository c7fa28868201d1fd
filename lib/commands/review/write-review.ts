import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { reviews } from "@/db/schema/reviews";
import { Refusal } from "@/lib/errors";
import { mustNotBeFrozen } from "../exception/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { conflict, lockReview } from "./load";

const text = z.string({ error: "must be text" }).max(20_000, "must be at most 20000 characters");

export const writeReview = defineVerb({
  name: "write-review",
  summary: "Write a review's minutes, or the investment ask",
  input: z
    .strictObject({
      quarter: field.quarter,
      /** The version that was read; an older one is a conflict that shows both. */
      version: field.version,
      /** By the head of partnerships. */
      ask: text.optional(),
      minutes: text.optional(),
    })
    .refine(({ ask, minutes }) => (ask ?? minutes) !== undefined, "must write something"),
  output: z.object({ quarter: z.string(), version: z.int() }),
  may: "review.write",
  async run(context, { quarter, version, ask, minutes }) {
    const { tx, actor, audit } = context;
    if (ask !== undefined && actor.role !== "head_of_partnerships") {
      throw new Refusal({
        code: "forbidden",
        field: "ask",
        value: actor.name,
        rule: "The head of partnerships writes the investment ask",
      });
    }
    const review = await lockReview(context, quarter);
    await mustNotBeFrozen(context, quarter);
    if (review.version !== version) throw conflict("version", { version, ask, minutes }, review);
    const [after] = await tx
      .update(reviews)
      .set({
        ...(ask !== undefined && { ask, askBy: actor.userId }),
        ...(minutes !== undefined && { minutes }),
        version: sql`${reviews.version} + 1`,
      })
      .where(eq(reviews.quarter, quarter))
      .returning();
    audit({ subjectKind: "review", subjectId: quarter, dealId: null, before: review, after });
    return { quarter, version: after!.version };
  },
});
