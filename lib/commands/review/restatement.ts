import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import { restatements } from "@/db/schema/reviews";
import { Refusal } from "@/lib/errors";
import type { WriteContext } from "../verb";
import type { OfRestatement } from "./guards";

type RestatementRow = typeof restatements.$inferSelect;

/** The restatement of a deal that waits for its second person; null when none does. */
export async function waitingFor(tx: Tx, quarter: string, dealId: string): Promise<RestatementRow | null> {
  const waits = and(isNull(restatements.acceptedAt), isNull(restatements.declinedOn));
  const [row] = await tx
    .select()
    .from(restatements)
    .where(and(eq(restatements.quarter, quarter), eq(restatements.dealId, dealId), waits));
  return row ?? null;
}

/** Locks a restatement, as its guards ask about it. */
export async function restatementSubject(
  { tx }: WriteContext,
  id: string,
): Promise<OfRestatement & { row: RestatementRow }> {
  const [row] = await tx.select().from(restatements).where(eq(restatements.id, id)).for("update");
  if (!row) {
    const rule = "there is no restatement with this id";
    throw new Refusal({ code: "not_found", field: "restatementId", value: id, rule });
  }
  const ended = row.acceptedAt ? "accepted" : row.declinedOn ? "declined" : null;
  return { row, ended, proposedBy: row.proposedBy, byFinance: row.byFinance };
}
