import { inArray, sql } from "drizzle-orm";
import { lockDeals } from "@/db/interchange";
import { roleRows } from "@/db/schema/facts";
import type { Difference } from "@/lib/interchange/connection";
import { oneId } from "@/lib/interchange/ids";
import type { WriteContext } from "../verb";

/** A record that its source does not have any more; `stays`: why a deal stays here nevertheless. */
export interface Gone {
  kind: "roles" | "deals";
  key: string;
  stays?: string;
}

/**
 * Takes off what is gone at its source: a role row that nobody here stands behind goes, one that somebody does stays and
 * is shown. Returns how many went.
 */
export async function removeGone(
  context: WriteContext,
  connectionId: string,
  gone: readonly Gone[],
): Promise<number> {
  if (gone.length === 0) return 0;
  const { tx, audit, touch } = context;
  const keys = gone.filter(({ kind }) => kind === "roles").map(({ key }) => oneId(key));
  const named = keys.length > 0 ? await tx.select().from(roleRows).where(inArray(roleRows.id, keys)) : [];
  await lockDeals(tx, [...new Set(named.map(({ dealId }) => dealId))]);
  const rows = keys.length > 0 ? await tx.select().from(roleRows).where(inArray(roleRows.id, keys)) : [];
  const kept = rows.filter((row) => row.changedBy ?? row.confirmedBy ?? row.refusedBy ?? row.recordedBy);
  const going = rows.filter((row) => !kept.includes(row));
  if (going.length > 0)
    await tx.delete(roleRows).where(
      inArray(
        roleRows.id,
        going.map(({ id }) => id),
      ),
    );
  for (const row of going) {
    audit({ subjectKind: "role_row", subjectId: row.id, dealId: row.dealId, before: row, after: null });
    touch(row.dealId);
  }
  await forget(
    context,
    connectionId,
    keys.filter((key) => kept.every(({ id }) => id !== key)),
  );
  const stays = [
    ...kept.map(({ id, dealId }) => ({
      ...{ kind: "roles", key: id, dealId, here: "somebody here stands behind it" },
    })),
    ...gone.flatMap(({ kind, key, stays: here }) =>
      kind === "deals" && here ? [{ kind, key: oneId(key), dealId: oneId(key), here }] : [],
    ),
  ];
  await show(context, connectionId, stays);
  return going.length;
}

async function forget({ tx }: WriteContext, connectionId: string, keys: readonly string[]): Promise<void> {
  await tx.execute(sql`delete from source_records where connection_id = ${connectionId} and kind = 'roles'
    and key = any(${sql.param(keys)}::text[])`);
}

/** What is gone there and stands here. */
async function show(
  { tx, again }: WriteContext,
  connectionId: string,
  stays: readonly { kind: string; key: string; dealId: string; here: string }[],
): Promise<void> {
  await lockDeals(tx, [...new Set(stays.map(({ dealId }) => dealId))]);
  const rows = stays.map(({ here, ...one }) => ({
    ...one,
    differs: [{ field: "", here, there: null }] satisfies Difference[],
  }));
  await tx.execute(sql`
    insert into source_records (connection_id, kind, key, deal_id, differs)
    select ${connectionId}, r.kind, r.key, r."dealId", r.differs
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (kind text, key text, "dealId" text, differs jsonb)
    on conflict (connection_id, kind, key) do update set differs = excluded.differs, deal_id = excluded.deal_id,
      seen_at = now()`);
  for (const { dealId } of stays) again(dealId);
}
