import type { auditLog } from "@/db/schema/audit";
import { Refusal, refuse } from "@/lib/errors";
import type { MaySay } from "./guard";
import { changed, type Row } from "./undo-guards";
import type { WriteContext } from "./verb";

/** One thing that a write did, as the audit log has it. */
export type Entry = typeof auditLog.$inferSelect;

/** What stood before an entry, and what it left; null: it was not there. */
export function sidesOf({ before, after }: Entry): { before: Row | null; after: Row | null } {
  return { before: before as Row | null, after: after as Row | null };
}

/** Refuses with the sentence of whoever was asked. */
export function mustMayBack(said: MaySay): void {
  if (said !== true) refuse("", null, said);
}

/** Refuses to take back what somebody changed since. */
export function mustStandAsLeft(entry: Entry, now: Row | undefined): void {
  const left = sidesOf(entry).after;
  if (left === null && now === undefined) return;
  if (left === null || now === undefined) conflict(entry, now ?? null);
  const known = Object.fromEntries(Object.keys(left).map((column) => [column, now[column]]));
  if (changed(left, known).length > 0) conflict(entry, now);
}

/** The same of what the entry itself changed: what else changed since is no part of it, and stays. */
export function mustStandInPart(entry: Entry, now: Row): void {
  const { before, after } = sidesOf(entry);
  if (!before || !after) return;
  const columns = changed(before, after);
  const part = (row: Row) => Object.fromEntries(columns.map((column) => [column, row[column]]));
  if (changed(part(after), part(now)).length > 0) conflict(entry, now);
}

/** The columns that an entry changed, as they were before it. Refuses of one that said what stood already. */
export function asBefore<T extends string>(entry: Entry): { [K in T]?: never } {
  const { before, after } = sidesOf(entry);
  if (!before || !after) return {};
  const columns = changed(before, after);
  if (columns.length === 0) refuse("", null, "It changed nothing, so there is nothing to take back");
  return Object.fromEntries(columns.map((column) => [column, before[column]])) as never;
}

function conflict(entry: Entry, now: unknown): never {
  throw new Refusal({
    code: "conflict",
    field: entry.subjectId,
    value: { left: entry.after, now },
    rule: "somebody changed this since; what stands now was kept",
  });
}

/** Notes that an entry was taken back. */
export function noteBack(context: WriteContext, entry: Entry, before: unknown, after: unknown): void {
  const { subjectKind, subjectId, dealId } = entry;
  context.audit({ subjectKind, subjectId, dealId, before: before ?? null, after });
}
