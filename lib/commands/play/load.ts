import { and, eq, inArray, isNull } from "drizzle-orm";
import { recordsOf } from "@/db/merged-partners";
import { sellingPlays } from "@/db/schema/selling-plays";
import { Refusal } from "@/lib/errors";
import type { WriteContext } from "../verb";

export async function lockPlay({ tx }: WriteContext, playId: string) {
  const [play] = await tx.select().from(sellingPlays).where(eq(sellingPlays.id, playId)).for("update");
  if (play) return { play };
  const rule = "there is no selling play with this id";
  throw new Refusal({ code: "not_found", field: "playId", value: playId, rule });
}

/** Whether one of the partner's, by whatever record, runs, but for `exceptId`. */
export async function isRunning(
  { tx }: WriteContext,
  partnerId: string,
  exceptId?: string,
): Promise<boolean> {
  const found = await tx
    .select({ id: sellingPlays.id })
    .from(sellingPlays)
    .where(
      and(inArray(sellingPlays.partnerId, await recordsOf(tx, partnerId)), isNull(sellingPlays.decision)),
    );
  return found.some(({ id }) => id !== exceptId);
}
