import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { auditLog } from "@/db/schema/audit";
import { deals, stageEntries } from "@/db/schema/deals";
import { activities, roleRows } from "@/db/schema/facts";
import { canonicalJson } from "@/lib/attribution/canonical";
import { Refusal, refuse } from "@/lib/errors";
import { lockDeal } from "./deal/load";
import * as field from "./input";
import { defineVerb, type WriteContext } from "./verb";

/** How long a write can be taken back by whoever made it. The toast offers it for 10 seconds. */
const MINUTES = 10;

type Entry = typeof auditLog.$inferSelect;
type Row = Record<string, unknown>;

/** The writes that can be taken back: facts about a deal. A deal that was entered stays entered. */
const UNDOABLE = ["role_row", "activity", "stage_entry", "deal"] as const;
type Undoable = (typeof UNDOABLE)[number];

export const undo = defineVerb({
  name: "undo",
  summary: "Take back one's own last write",
  input: z.strictObject({ request: field.id }),
  output: z.object({ undone: z.int() }),
  may: "write.undo",
  own: async ({ tx, actor }, { request }) => {
    const entries = await tx
      .select({ actor: auditLog.actor })
      .from(auditLog)
      .where(eq(auditLog.request, request));
    return {
      owns: entries.every((entry) => entry.actor === actor.id),
      because: "A write is taken back by whoever made it",
    };
  },
  async run(context, { request }) {
    const { tx } = context;
    const recent = sql`${auditLog.at} > now() - ${`${MINUTES} minutes`}::interval`;
    const entries = await tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.request, request), recent))
      .orderBy(asc(auditLog.id));
    if (entries.length === 0) {
      refuse("request", request, `there is no write of the last ${MINUTES} minutes with this id`);
    }
    const undone = await tx
      .select({ id: auditLog.id })
      .from(auditLog)
      .where(and(eq(auditLog.action, "undo"), sql`${auditLog.after} ->> 'undoes' = ${request}`));
    if (undone.length > 0) refuse("request", request, "this write was taken back already");
    for (const entry of entries.toReversed()) {
      if (!UNDOABLE.includes(entry.subjectKind as Undoable) || !entry.dealId) {
        refuse("request", request, `${entry.action} cannot be taken back; make the opposite change`);
      }
      await lockDeal(context, entry.dealId);
      await takeBack(context, entry);
      context.touch(entry.dealId);
    }
    context.audit({
      subjectKind: "request",
      subjectId: request,
      dealId: entries[0]!.dealId,
      before: null,
      after: { undoes: request },
    });
    return { undone: entries.length };
  },
});

async function takeBack(context: WriteContext, entry: Entry): Promise<void> {
  const before = entry.before as Row | null;
  const after = entry.after as Row | null;
  switch (entry.subjectKind as Undoable) {
    case "role_row":
      return restore(context, entry, roleRows, before, after);
    case "activity":
      return restore(context, entry, activities, before, after);
    case "stage_entry": {
      const key = and(eq(stageEntries.dealId, entry.dealId!), eq(stageEntries.seq, Number(after!.seq)));
      await context.tx.delete(stageEntries).where(key);
      return record(context, entry, after, null);
    }
    case "deal": {
      if (!before)
        refuse("request", entry.request, "a deal that was entered is not taken back; close it as lost");
      const [now] = await context.tx.select().from(deals).where(eq(deals.id, entry.subjectId));
      mustStandAsLeft(entry, now as Row, after!);
      const { id: _id, version: _version, createdAt: _createdAt, ...values } = before;
      await context.tx.update(deals).set(values).where(eq(deals.id, entry.subjectId));
      return record(context, entry, now, before);
    }
  }
}

async function restore(
  context: WriteContext,
  entry: Entry,
  table: typeof roleRows | typeof activities,
  before: Row | null,
  after: Row | null,
): Promise<void> {
  const { tx } = context;
  const [now] = await tx.select().from(table).where(eq(table.id, entry.subjectId));
  if (after) mustStandAsLeft(entry, now as Row | undefined, after);
  else if (now) conflict(entry, now);
  if (!before) await tx.delete(table).where(eq(table.id, entry.subjectId));
  else {
    const { createdAt: _createdAt, ...values } = before;
    if (after) await tx.update(table).set(values).where(eq(table.id, entry.subjectId));
    else await tx.insert(table).values(values as never);
  }
  record(context, entry, now ?? null, before);
}

/** Refuses to take back what somebody changed since. Versions and clock columns move by themselves. */
function mustStandAsLeft(entry: Entry, now: Row | undefined, left: Row): void {
  if (!now) conflict(entry, null);
  for (const [column, value] of Object.entries(left)) {
    if (column === "version" || column === "createdAt") continue;
    if (canonicalJson(now[column] ?? null) !== canonicalJson(value ?? null)) conflict(entry, now);
  }
}

function conflict(entry: Entry, now: unknown): never {
  throw new Refusal({
    code: "conflict",
    field: entry.subjectId,
    value: { left: entry.after, now },
    rule: "somebody changed this since; what stands now was kept",
  });
}

function record(context: WriteContext, entry: Entry, before: unknown, after: unknown): void {
  const { subjectKind, subjectId, dealId } = entry;
  context.audit({ subjectKind, subjectId, dealId, before: before ?? null, after });
}
