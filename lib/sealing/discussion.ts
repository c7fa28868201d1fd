import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { SealedNote } from "./seal";

const named = (table: "users" | "partners", column: string) =>
  sql.raw(`(select json_build_object('id', x.id, 'name', x.name) from ${table} x where x.id = ${column})`);

/**
 * What was said of some cases and what happened to them, in order of time, by case; with the names of now.
 *
 * @param among a condition on `e`, the exceptions
 */
export async function readDiscussions(db: Db, among: SQL): Promise<Map<string, SealedNote[]>> {
  const rows = await db.execute<SealedNote & { exceptionId: string } & Record<string, unknown>>(sql`
    select n.exception_id as "exceptionId", n.id, n.kind, n.text, n.decision::text as decision,
      n.outcome::text as outcome, n.until::text as until, ${named("partners", "n.partner_id")} as partner,
      ${named("users", "n.person_id")} as person, ${named("users", "n.by_id")} as by,
      to_char(n.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from exception_notes n join exceptions e on e.id = n.exception_id
    where ${among} order by n.exception_id, n.at, n.kind = 'decided', n.id`);
  const of = new Map<string, SealedNote[]>();
  for (const { exceptionId, ...note } of rows) {
    const notes = of.get(exceptionId);
    if (notes) notes.push(note);
    else of.set(exceptionId, [note]);
  }
  return of;
}
