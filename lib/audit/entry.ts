import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";

/** An entry of the audit log as it is read for the tree. */
export interface EntryRow extends Record<string, unknown> {
  id: string;
  /** ISO 8601 in UTC, with microseconds. */
  at: string;
  actor: string;
  action: string;
  request: string;
  deal_id: string | null;
  subject_kind: string;
  subject_id: string;
  before: unknown;
  after: unknown;
}

/** An entry, and where the tree has it; nulls where it has not. */
export interface PlacedRow extends EntryRow {
  place: string | null;
  hash: string | null;
}

export const INSTANT = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`);

export const ENTRY_COLUMNS = sql`l.id::text as id, l.actor, l.action, l.request, l.deal_id, l.subject_kind,
  l.subject_id, l.before, l.after, to_char(l.at at time zone 'UTC', ${INSTANT}) as at`;

/** The text whose UTF-8 bytes are an entry in the tree: the canonical JSON (RFC 8785) of all that it says. */
export function entryLine(entry: EntryRow): string {
  const { id, at, actor, action, request, before, after } = entry;
  const { deal_id: dealId, subject_kind: subjectKind, subject_id: subjectId } = entry;
  return canonicalJson({ id, at, actor, action, request, dealId, subjectKind, subjectId, before, after });
}

/** The entries up to an id, in order, with their places, a batch at a time. */
export async function* eachPlaced(db: Db, upTo: string, batch = 2_000): AsyncGenerator<PlacedRow[]> {
  for (let after = "0"; ; ) {
    const rows = await db.execute<PlacedRow>(sql`
      select ${ENTRY_COLUMNS}, t.place::text as place, t.hash from audit_log l left join audit_tree t on t.audit_id = l.id
      where l.id > ${after}::bigint and l.id <= ${upTo}::bigint order by l.id limit ${batch}`);
    if (rows.length > 0) yield [...rows];
    if (rows.length < batch) return;
    after = rows.at(-1)!.id;
  }
}
