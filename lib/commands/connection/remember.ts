import { sql } from "drizzle-orm";
import type { RefusedRecord } from "@/lib/interchange/connection";
import type { SourceRecord } from "@/lib/interchange/keep-decided";
import type { Kind } from "@/lib/interchange/kinds";
import type { WriteContext } from "../verb";

/**
 * Keeps what the source says now; a record that says what it said is left alone. A deal of which it begins or ceases to
 * say otherwise is judged again: a closed one is reconciled by it (domain.md §8.5). The deals are locked.
 */
export async function remember(
  { tx, again }: WriteContext,
  connectionId: string,
  kind: Kind,
  records: readonly SourceRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ key, dealId, said, differs }) => ({
    ...{ key, deal_id: dealId, said, agrees: differs?.length === 0 },
    differs: differs && differs.length > 0 ? differs : null,
  }));
  await tx.execute(sql`
    insert into source_records as s (connection_id, kind, key, deal_id, said, differs)
    select ${connectionId}, ${kind}, r.key, r.deal_id, r.said, r.differs
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as r (key text, deal_id text, said jsonb, differs jsonb, agrees boolean)
    on conflict (connection_id, kind, key) do update set said = excluded.said, deal_id = excluded.deal_id,
      refused = null, differs = coalesce(excluded.differs, s.differs), seen_at = now()
    where s.said is distinct from excluded.said or s.refused is not null or excluded.differs is not null`);
  const agreed = rows.filter(({ agrees }) => agrees).map(({ key }) => key);
  const settled = await tx.execute<{ dealId: string | null }>(sql`
    update source_records set differs = null where connection_id = ${connectionId} and kind = ${kind}
      and key = any(${sql.param(agreed)}::text[]) and differs is not null returning deal_id as "dealId"`);
  const moved = [
    ...rows.map(({ deal_id, differs }) => differs && deal_id),
    ...[...settled].map((one) => one.dealId),
  ];
  for (const dealId of new Set(moved)) if (dealId !== null) again(dealId);
}

/** Keeps why records could not land, until they do. */
export async function rememberRefused(
  { tx }: WriteContext,
  connectionId: string,
  kind: Kind,
  refused: readonly RefusedRecord[],
): Promise<void> {
  const rows = [...new Map(refused.map((one) => [one.key, { key: one.key, refused: one }])).values()];
  if (rows.length === 0) return;
  await tx.execute(sql`
    insert into source_records as s (connection_id, kind, key, refused)
    select ${connectionId}, ${kind}, r.key, r.refused
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (key text, refused jsonb)
    on conflict (connection_id, kind, key) do update set refused = excluded.refused, seen_at = now()
    where s.refused is distinct from excluded.refused`);
}
