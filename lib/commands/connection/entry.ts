import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { imports } from "@/db/schema/imports";
import { type ConnectionSystem, WITNESS_OF } from "@/lib/interchange/connection";
import type { Kind } from "@/lib/interchange/kinds";
import { newId } from "../new-id";
import type { WriteContext } from "../verb";

/** The entry by which rows say that a connection brought them: one a kind and day, which stays open. */
export async function entryOfDay(
  { tx, actor, today }: WriteContext,
  { id, name, system }: { id: string; name: string; system: ConnectionSystem },
  kind: Kind,
): Promise<string> {
  const [stands] = await tx
    .select({ id: imports.id })
    .from(imports)
    .where(
      and(
        ...[eq(imports.connectionId, id), eq(imports.kind, kind), isNull(imports.finishedAt)],
        eq(imports.importedBy, actor.id),
        sql`(${imports.at} at time zone (select time_zone from settings))::date = ${today}`,
      ),
    )
    .orderBy(desc(imports.at))
    .limit(1);
  if (stands) return stands.id;
  const entry = { id: newId("I"), kind, fileName: name, source: WITNESS_OF[system] };
  await tx.insert(imports).values({ ...entry, importedBy: actor.id, connectionId: id });
  return entry.id;
}

/** Adds what became of a page's rows. */
export async function noteLanded(
  { tx }: WriteContext,
  importId: string,
  {
    read,
    created,
    updated,
    unchanged,
    refused,
  }: Record<"read" | "created" | "updated" | "unchanged" | "refused", number>,
): Promise<void> {
  await tx.execute(sql`
    update imports set read = read + ${read}, created = created + ${created}, updated = updated + ${updated},
      unchanged = unchanged + ${unchanged}, refused = refused + ${refused} where id = ${importId}`);
}
