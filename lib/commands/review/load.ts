import { eq, sql } from "drizzle-orm";
import { reviews, sealedQuarters } from "@/db/schema/reviews";
import { fiscalYear, settings } from "@/db/schema/settings";
import { parseQuarter, progressOf, type Quarter } from "@/lib/calendar";
import { Refusal } from "@/lib/errors";
import { closeChecklist } from "@/lib/sealing/checklist";
import { isDemoQuarter } from "@/lib/sealing/demo-quarter";
import { type Preparation, readPreparation } from "@/lib/sealing/preparation";
import type { CheckLine } from "@/lib/sealing/seal";
import type { WriteContext } from "../verb";
import type { OfClose, OfQuarter } from "./guards";

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

/** Locks a quarter's review for the rest of the transaction; null when nobody has started it. */
export async function lockReview({ tx }: WriteContext, quarter: string): Promise<ReviewRow | null> {
  const [review] = await tx.select().from(reviews).where(eq(reviews.quarter, quarter)).for("update");
  return review ?? null;
}

/** The quarter and how it stands on the day of the write. */
export async function quarterSubject(
  { tx, today }: WriteContext,
  label: string,
): Promise<OfQuarter & { quarter: Quarter }> {
  const [company] = await tx.select({ fiscalYear }).from(settings);
  const [seal] = await tx
    .select({ quarter: sealedQuarters.quarter })
    .from(sealedQuarters)
    .where(eq(sealedQuarters.quarter, label));
  const quarter = parseQuarter(label, company?.fiscalYear);
  return { quarter, state: seal ? "frozen" : progressOf(quarter, today) };
}

/** Nothing of the quarter may move between what is read of it first and what is read last. */
export async function holdStill({ tx }: WriteContext): Promise<void> {
  await tx.execute(sql`lock table deals, exceptions, exception_votes, exception_notes, costs, cost_nones, rates, reviews, settings,
    freeze_preparations in share row exclusive mode`);
}

export interface CloseSubject extends OfClose {
  quarter: Quarter;
  checklist: CheckLine[];
  preparation: Preparation | null;
}

/** The quarter, its close checklist as it stands, and its preparation. */
export async function closeSubject(context: WriteContext, label: string): Promise<CloseSubject> {
  const subject = await quarterSubject(context, label);
  const checklist = await closeChecklist(
    context.tx,
    subject.quarter,
    context.today,
    await context.policies(),
  );
  const demo = await isDemoQuarter(context.tx, subject.quarter);
  return { ...subject, checklist, preparation: await readPreparation(context.tx, label), demo };
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
