import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { exceptions } from "@/db/schema/exceptions";
import { reviews } from "@/db/schema/reviews";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayDriveReview } from "./guards";
import { conflict, lockReview, REVIEW_SECTIONS } from "./load";

export const driveReview = defineVerb({
  name: "drive-review",
  summary: "Move everybody in a review to a section or an exception",
  input: z.strictObject({
    quarter: field.quarter,
    /** The review's turn that was seen: two moves at once do not both count. */
    turn: field.version,
    /** A section, or the id of one of the quarter's exceptions. */
    position: field.id,
    /** Take over as facilitator. */
    facilitate: z.boolean().optional(),
  }),
  output: z.object({ quarter: z.string(), position: z.string(), turn: z.int() }),
  guard: mayDriveReview,
  async subject(context, { quarter, turn, position, facilitate = false }) {
    const review = await lockReview(context, quarter);
    if (review && review.turn !== turn) throw conflict("turn", { turn, position }, review);
    const leads = [null, context.actor.userId].includes(review?.facilitatorId ?? null);
    return { review, started: review !== null, facilitates: facilitate || leads };
  },
  async run({ tx, actor, audit }, { quarter, position, facilitate }, { review }) {
    if (!(REVIEW_SECTIONS as readonly string[]).includes(position)) {
      const [found] = await tx
        .select({ id: exceptions.id })
        .from(exceptions)
        .where(and(eq(exceptions.id, position), eq(exceptions.quarter, quarter)));
      if (!found) {
        refuse("position", position, `must be ${REVIEW_SECTIONS.join(", ")} or an exception of ${quarter}`);
      }
    }
    const [after] = await tx
      .update(reviews)
      .set({ position, turn: sql`${reviews.turn} + 1`, ...(facilitate && { facilitatorId: actor.userId }) })
      .where(eq(reviews.quarter, quarter))
      .returning();
    audit({ subjectKind: "review", subjectId: quarter, dealId: null, before: review, after });
    return { quarter, position, turn: after!.turn };
  },
});
