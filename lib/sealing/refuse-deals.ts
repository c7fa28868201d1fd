import { sql } from "drizzle-orm";
import type { Tx } from "@/db/connection/transaction";
import { companyDay } from "@/lib/company-day";
import type { Kind, RefusedRow } from "@/lib/interchange/kinds";
import type { ReadRow } from "@/lib/interchange/read-row";
import { dayInWords } from "@/lib/text/days";

export const frozenWords = (quarter: string) => `${quarter} is frozen: no deal closes in it any more`;

interface Unwanted extends Record<string, unknown> {
  id: string;
  frozen: string | null;
  removedAt: string | null;
  zone: string;
  why: string | null;
}

/**
 * Leaves out the rows of deals that cannot stand: one that would close, or move its close, into a quarter that is
 * frozen without it (§8.7); and one that was removed here, unless whoever brings the file says that it comes back.
 */
export async function refuseDeals<K extends Kind>(
  db: Pick<Tx, "execute">,
  kind: K,
  rows: readonly ReadRow<K>[],
  bringBack: boolean,
): Promise<{ good: readonly ReadRow<K>[]; refused: RefusedRow[] }> {
  if (kind !== "deals" || rows.length === 0) return { good: rows, refused: [] };
  const told = (rows as readonly ReadRow<"deals">[]).map(({ row: { id, closedOn } }) => ({ id, closedOn }));
  const unwanted = new Map((await unwantedOf(db, told)).map((one) => [one.id, one]));
  const refused: RefusedRow[] = [];
  const good = rows.filter(({ line, row }) => {
    const { id, closedOn } = row as ReadRow<"deals">["row"];
    const found = unwanted.get(id);
    if (found?.frozen)
      refused.push({ line, field: "closed_on", value: closedOn ?? "", reason: frozenWords(found.frozen) });
    else if (found?.removedAt && !bringBack)
      refused.push({ line, field: "id", value: id, reason: removedWords(found) });
    else return true;
    return false;
  });
  return { good, refused };
}

const removedWords = ({ removedAt, zone, why }: Unwanted) =>
  `was removed here on ${dayInWords(companyDay(Date.parse(removedAt!), zone))}${why ? ` (${why})` : ""}; it comes back only when you say so`;

async function unwantedOf(
  db: Pick<Tx, "execute">,
  told: readonly { id: string; closedOn: string | null }[],
): Promise<Unwanted[]> {
  const rows = await db.execute<Unwanted>(sql`
    select r.id, q.quarter as frozen, g.at as "removedAt", g.zone, g.why
    from json_to_recordset(${JSON.stringify(told)}::text::json) as r (id text, "closedOn" date)
    left join deals d on d.id = r.id
    left join lateral (
      select q.quarter from sealed_quarters q
      where r."closedOn" between q.from_day and q.to_day and d.closed_on is distinct from r."closedOn"
        and not exists (select from sealed_deals s where s.quarter = q.quarter and s.deal_id = r.id
          and s.closed_on between q.from_day and q.to_day)
      limit 1) q on true
    left join lateral (
      select l.at, (select time_zone from settings) as zone, l.after ->> 'reason' as why
      from (select at, action, after from audit_entries where subject_kind = 'deal' and subject_id = r.id
        order by id desc limit 1) l
      where d.id is null and l.action = 'delete-deal') g on true
    where q.quarter is not null or g.at is not null`);
  return [...rows];
}
