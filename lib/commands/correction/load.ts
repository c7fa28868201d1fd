import { and, eq } from "drizzle-orm";
import { corrections } from "@/db/schema/corrections";
import { Refusal } from "@/lib/errors";
import { type DealRow, lockDeal } from "../deal/load";
import type { WriteContext } from "../verb";

export type CorrectionRow = typeof corrections.$inferSelect;

/** A correction together with its locked deal. */
export async function lockCorrection(
  context: WriteContext,
  correctionId: string,
): Promise<{ correction: CorrectionRow; deal: DealRow }> {
  const find = () => context.tx.select().from(corrections).where(eq(corrections.id, correctionId));
  const [found] = await find();
  if (!found) notFound(correctionId);
  const deal = await lockDeal(context, found.dealId);
  const [correction] = await find();
  if (!correction) notFound(correctionId);
  return { correction, deal };
}

function notFound(value: string): never {
  const rule = "there is no correction with this id";
  throw new Refusal({ code: "not_found", field: "correctionId", value, rule });
}

/** The id of the correction of a deal that waits for finance; null when none does. */
export async function waitingCorrection({ tx }: WriteContext, dealId: string): Promise<string | null> {
  const [found] = await tx
    .select({ id: corrections.id })
    .from(corrections)
    .where(and(eq(corrections.dealId, dealId), eq(corrections.state, "proposed")));
  return found?.id ?? null;
}

/** Writes a correction's answer. */
export async function answer(
  { tx, actor, today, audit }: WriteContext,
  before: CorrectionRow,
  state: "accepted" | "declined" | "withdrawn",
  said: string | null = null,
): Promise<void> {
  const [after] = await tx
    .update(corrections)
    .set({ state, decidedOn: today, decidedBy: actor.userId, answer: said })
    .where(eq(corrections.id, before.id))
    .returning();
  audit({ subjectKind: "correction", subjectId: before.id, dealId: before.dealId, before, after });
}
