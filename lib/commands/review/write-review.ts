import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { reviews } from "@/db/schema/reviews";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayWriteReview } from "./guards";
import { conflict, lockReview, quarterSubject } from "./load";

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
  guard: mayWriteReview,
  async subject(context, { quarter, version, ask, minutes }) {
    const review = await lockReview(context, quarter);
    const subject = await quarterSubject(context, quarter);
    if (subject.state !== "frozen" && review && review.version !== version)
      throw conflict("version", { version, ask, minutes }, review);
    return { ...subject, review, started: review !== null, ask: ask !== undefined };
  },
  async run({ tx, actor, audit }, { quarter, ask, minutes }, { review }) {
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
