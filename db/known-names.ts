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

/** Of activities, whom the addresses of their owners name. */
export async function peopleAt(
  db: Reader,
  rows: readonly { row: { owner?: string | null } }[],
  kind: Kind,
): Promise<Map<string, string>> {
  const mails = kind === "activities" ? [...new Set(rows.flatMap(({ row }) => row.owner ?? []))] : [];
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
