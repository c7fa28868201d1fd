import { sql } from "drizzle-orm";
import type { Kind } from "@/lib/interchange/kinds";
import type { Db } from "./connection/client";
import { partners } from "./schema/partners";

/** A database to read from; a transaction is one too. */
type Reader = Pick<Db, "select" | "execute">;

/** Which of these deals exist. */
export async function existingDeals(db: Reader, ids: string[]): Promise<Set<string>> {
  const rows = await db.execute<{ id: string }>(
    sql`select id from deals where id = any(${sql.param(ids)}::text[])`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Of activities and partners, whom the addresses of their owners name. */
export async function peopleAt(
  db: Reader,
  rows: readonly { row: { owner?: string | null } }[],
  kind: Kind,
): Promise<Map<string, string>> {
  const mails =
    kind === "activities" || kind === "partners"
      ? [...new Set(rows.flatMap(({ row }) => row.owner ?? []))]
      : [];
  if (mails.length === 0) return new Map();
  const found = await db.execute<{ id: string; email: string }>(
    sql`select id, email from users where email = any(${sql.param(mails)}::text[])`,
  );
  return new Map(found.map(({ id, email }) => [email, id]));
}

export async function allParents(db: Reader): Promise<Map<string, string | null>> {
  const rows = await db.select({ id: partners.id, parentId: partners.parentId }).from(partners);
  return new Map(rows.map(({ id, parentId }) => [id, parentId]));
}

/** Who granted programs of each of these partners. */
export async function grantersOf(db: Reader, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await db.execute<{ id: string; by: string[] }>(sql`
    select partner_id as id, array_agg(distinct granted_by) as by from partner_programs
    where partner_id = any(${sql.param(ids)}::text[]) and granted_by is not null group by 1`);
  return new Map([...rows].map(({ id, by }) => [id, new Set(by)]));
}
