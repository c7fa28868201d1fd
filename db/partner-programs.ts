import { sql } from "drizzle-orm";
import { parseMembership, writeMembership } from "@/lib/interchange/programs";
import type { StoredOfKind, Write } from "@/lib/interchange/stored";
import type { Db } from "./connection/client";
import type { Tx } from "./connection/transaction";
import { partnerPrograms } from "./schema/partners";

/** Each partner's memberships, ended ones too, as a file writes them (lib/interchange/programs.ts). */
export async function addPrograms(
  db: Pick<Db, "select">,
  found: Record<string, unknown>[],
  ids: string[],
): Promise<void> {
  const rows = await db
    .select({
      partnerId: partnerPrograms.partnerId,
      name: partnerPrograms.name,
      from: partnerPrograms.fromDay,
      to: partnerPrograms.toDay,
    })
    .from(partnerPrograms)
    .where(sql`${partnerPrograms.partnerId} = any(${sql.param(ids)}::text[])`);
  for (const row of found) {
    const own = rows.filter(({ partnerId }) => partnerId === row.id);
    row.programs = own.map(writeMembership).sort();
  }
}

/** One membership of a partner, as the database names it. */
export interface MembershipOf {
  partner_id: string;
  name: string;
  from_day: string | null;
  to_day: string | null;
}

export function membershipOf(partnerId: string, text: string): MembershipOf {
  const { name, from, to } = parseMembership("programs", text);
  return { partner_id: partnerId, name, from_day: from, to_day: to };
}

/** Writes what a file says of memberships. One that stood and is named no more ends today; other days take its place. */
export async function savePrograms(
  tx: Tx,
  writes: readonly Write<StoredOfKind["partners"]>[],
  today: string,
): Promise<void> {
  const all = writes.flatMap(({ before, after }) => {
    const row = (text: string) => membershipOf(after.id, text);
    const stood = (before?.programs ?? []).map(row);
    const told = after.programs.map(row);
    const has = (list: typeof told, one: (typeof told)[number]) =>
      list.some(({ name, from_day }) => name === one.name && from_day === one.from_day);
    return [
      ...told.map((one) => ({ ...one, does: "stands" })),
      ...stood
        .filter((one) => !has(told, one))
        .map((one) => ({ ...one, does: told.some(({ name }) => name === one.name) ? "goes" : "ends" })),
    ];
  });
  if (all.length === 0) return;
  await tx.execute(sql`
    with told as materialized (
      select * from json_to_recordset(${JSON.stringify(all)}::text::json) as r
        (partner_id text, name text, from_day date, to_day date, does text)
    ), ended as (
      update ${partnerPrograms} p set to_day = greatest(p.from_day, ${today}::date) from told t
      where t.does = 'ends' and p.partner_id = t.partner_id and p.name = t.name
        and p.from_day is not distinct from t.from_day and p.to_day is null
    ), gone as (
      delete from ${partnerPrograms} p using told t
      where t.does = 'goes' and p.partner_id = t.partner_id and p.name = t.name
        and p.from_day is not distinct from t.from_day
    )
    insert into ${partnerPrograms} (partner_id, name, from_day, to_day)
    select partner_id, name, from_day, to_day from told where does = 'stands'
    on conflict on constraint partner_programs_once do update set to_day = excluded.to_day
      where partner_programs.to_day is distinct from excluded.to_day`);
}
