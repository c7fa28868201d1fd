import { asc, sql } from "drizzle-orm";
import type { ReadRow } from "@/lib/interchange/read-row";
import type { StoredOfKind } from "@/lib/interchange/stored";
import type { Db } from "./connection/client";
import type { Tx } from "./connection/transaction";
import { stageEntries } from "./schema/deals";

type Entry = StoredOfKind["stage_history"];

/** The history of those deals of which a file of deals says where they stand, in order. */
export async function entriesOf(db: Pick<Db, "select">, rows: readonly ReadRow<"deals">[]): Promise<Entry[]> {
  const ids = rows.flatMap(({ row }) => (row.stands ? [row.id] : []));
  if (ids.length === 0) return [];
  const { dealId, seq, stage, enteredOn, enteredTime, importId } = stageEntries;
  const found = await db
    .select({ dealId, seq, stage, enteredOn, enteredTime, importId })
    .from(stageEntries)
    .where(sql`${dealId} = any(${sql.param(ids)}::text[])`)
    .orderBy(asc(dealId), asc(seq));
  return found as Entry[];
}

/** Removes entries, as a file does only when it says that it replaces them (imports.md, "History"). */
export async function removeEntries(
  tx: Tx,
  removed: readonly { dealId?: string; seq?: number }[],
): Promise<void> {
  if (removed.length === 0) return;
  await tx.execute(sql`
    delete from stage_entries e using unnest(
      ${sql.param(removed.map(({ dealId }) => dealId))}::text[], ${sql.param(removed.map(({ seq }) => seq))}::int[]
    ) as gone (deal_id, seq) where e.deal_id = gone.deal_id and e.seq = gone.seq`);
}
