import { and, eq, ne, sql } from "drizzle-orm";
import { savedViews } from "@/db/schema/saved-views";
import { Refusal, refuse } from "@/lib/errors";
import type { WriteContext } from "../verb";

export type ViewRow = typeof savedViews.$inferSelect;

/** A saved view, locked. */
export async function lockView({ tx }: WriteContext, viewId: string): Promise<{ view: ViewRow }> {
  const [view] = await tx.select().from(savedViews).where(eq(savedViews.id, viewId)).for("update");
  if (view) return { view };
  throw new Refusal({
    code: "not_found",
    field: "viewId",
    value: viewId,
    rule: "there is no saved view with this id",
  });
}

/** One's own view of a name, any case; null when there is none. */
export async function ownViewNamed(
  { tx }: WriteContext,
  ownerId: string,
  name: string,
): Promise<ViewRow | null> {
  const its = and(eq(savedViews.ownerId, ownerId), eq(sql`lower(${savedViews.name})`, name.toLowerCase()));
  const [view] = await tx.select().from(savedViews).where(its).for("update");
  return view ?? null;
}

/** Refuses a name that another of one's own views has. */
export async function mustBeFree(
  { tx }: WriteContext,
  { id, ownerId }: ViewRow,
  name: string,
): Promise<void> {
  const others = and(
    eq(savedViews.ownerId, ownerId),
    eq(sql`lower(${savedViews.name})`, name.toLowerCase()),
    ne(savedViews.id, id),
  );
  const [taken] = await tx.select({ name: savedViews.name }).from(savedViews).where(others);
  if (taken) refuse("changes.name", name, `you have a view called ${taken.name} already`);
}
