import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Judgement } from "@/lib/metrics/projected-deal";
import { isErasedName } from "@/lib/text/erasure-words";
import type { LoadedDeal } from "./facts";

/**
 * The branch of the deals' loading that brings what holds them: the seal of the frozen quarter that a deal closed
 * in, or the restatement of it that was accepted last. What is held counts so everywhere, in lists and in every
 * other quarter, until a correction is accepted (domain.md §7, §8.7); one that takes the close out of the quarter,
 * or the deal away, lets it go.
 *
 * @param by as it was at that instant, ISO 8601
 */
export const heldDocuments = (dealIds: readonly string[], by?: string) => sql`
  select 'held', h.deal_id, h.document, null::text, null::text, null::text, null::text, null::text from (
    select distinct on (c.deal_id) c.deal_id, c.document, c.holds from (
      select s.deal_id, s.document, true as holds, 0 as rank, q.sealed_at as at
      from sealed_deals s join sealed_quarters q on q.quarter = s.quarter
      where s.deal_id = any(${sql.param(dealIds)}::text[]) and s.closed_on between q.from_day and q.to_day
        ${until(sql`q.sealed_at`, by)}
      union all
      select r.deal_id, r.document, coalesce((r.document::jsonb #>> '{facts,deal,closedOn}')::date
        between q.from_day and q.to_day, false), 1, r.accepted_at
      from restatements r join sealed_quarters q on q.quarter = r.quarter
        left join sealed_deals s on s.quarter = r.quarter and s.deal_id = r.deal_id
      where r.deal_id = any(${sql.param(dealIds)}::text[]) and r.accepted_at is not null
        and (s.deal_id is null or s.closed_on between q.from_day and q.to_day) ${until(sql`r.accepted_at`, by)}
    ) as c order by c.deal_id, c.rank desc, c.at desc
  ) as h where h.holds`;

const until = (at: SQL, by: string | undefined) =>
  by === undefined ? sql`` : sql`and ${at} <= ${by}::timestamptz`;

/** Whether a seal or a restatement may hold a deal: true of all that `heldDocuments` finds something of. */
export const mayBeHeld = (id: SQL) => sql`(exists (
    select from sealed_deals s join sealed_quarters q on q.quarter = s.quarter
    where s.deal_id = ${id} and s.closed_on between q.from_day and q.to_day)
  or exists (select from restatements r where r.deal_id = ${id}))`;

/** What holds some deals, canonical JSON by id. */
export async function readHeld(
  db: Db,
  dealIds: readonly string[],
  by?: string,
): Promise<Map<string, string>> {
  if (dealIds.length === 0) return new Map();
  const rows = await db.execute<{ deal_id: string; document: string }>(
    sql`select deal_id, document from (${heldDocuments(dealIds, by)}) h (kind, deal_id, document, c, d, e, f, g)`,
  );
  return new Map([...rows].map(({ deal_id, document }) => [deal_id, document]));
}

/** A deal as it counts: as it is held, or else as it was judged. What was sealed names its owner; who was erased since it does not. */
export function countedAs(loaded: LoadedDeal, judged: Judgement): Judgement {
  const held = loaded.more.find(({ kind }) => kind === "held");
  if (!held) return judged;
  const counted = JSON.parse(held.a) as Judgement;
  return isErasedName(loaded.owner) ? { ...counted, owner: loaded.owner } : counted;
}
