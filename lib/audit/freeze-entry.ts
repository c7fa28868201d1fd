import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";

/** What the audit log says of a freeze, and where the tree holds it. */
export interface FreezeEntry {
  id: string;
  /** ISO 8601 in UTC, with microseconds. */
  at: string;
  actor: string;
  /** As it was written, by column. */
  after: Record<string, unknown>;
  /** Its leaf in the tree, hexadecimal; null while it is not in it. */
  leaf: string | null;
}

/** The entries by which a quarter was frozen, oldest first: one, unless somebody slipped another in. */
export async function freezeEntries(db: Db, quarter: string): Promise<FreezeEntry[]> {
  const rows = await db.execute<FreezeEntry & Record<string, unknown>>(sql`
    select l.id::text as id, l.actor, l.after, t.hash as leaf,
      to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from audit_log l left join audit_tree t on t.audit_id = l.id
    where l.action = 'freeze-quarter' and l.subject_kind = 'quarter' and l.subject_id = ${quarter} order by l.id`);
  return [...rows];
}
