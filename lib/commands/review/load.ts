import { eq } from "drizzle-orm";
import { reviews } from "@/db/schema/reviews";
import { Refusal } from "@/lib/errors";
import type { WriteContext } from "../verb";

export type ReviewRow = typeof reviews.$inferSelect;

/** The sections of a review, in the order of the meeting (domain.md §8.7); an exception's id is a position too. */
export const REVIEW_SECTIONS = [
  "pipeline",
  "revenue",
  "economics",
  "indicators",
  "ask",
  "exceptions",
  "minutes",
  "freeze",
] as const;

/** Locks a quarter's review for the rest of the transaction; refuses one that nobody started. */
export async function lockReview({ tx }: WriteContext, quarter: string): Promise<ReviewRow> {
  const [review] = await tx.select().from(reviews).where(eq(reviews.quarter, quarter)).for("update");
  if (review) return review;
  throw new Refusal({
    code: "not_found",
    field: "quarter",
    value: quarter,
    rule: "nobody has started this quarter's review yet",
  });
}

/** A write on what somebody else has changed since: both are shown, and nothing is lost. */
export function conflict(field: string, yours: unknown, now: ReviewRow): Refusal {
  return new Refusal({
    code: "conflict",
    field,
    value: { yours, now },
    rule: "somebody changed the review after you read it; look at what stands now and try again",
  });
}
