import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { auditLog } from "@/db/schema/audit";
import { deals, stageEntries } from "@/db/schema/deals";
import { activities, roleRows } from "@/db/schema/facts";
import { jointSteps } from "@/db/schema/joint-steps";
import { Refusal, refuse } from "@/lib/errors";
import { type DealRow, lockDeal } from "./deal/load";
import * as field from "./input";
import { type Change, changed, mayTakeBack, mayUndo, UNDO_MINUTES } from "./undo-guards";
import { defineVerb, type WriteContext } from "./verb";

type Entry = typeof auditLog.$inferSelect;
type Row = Record<string, unknown>;

/** The writes that can be taken back: what is said of a deal. */
const UNDOABLE: readonly string[] = ["role_row", "activity", "stage_entry", "deal", "joint_step"];

export const undo = defineVerb({
  name: "undo",
  summary: "Take back one's own last write",
  input: z.strictObject({ request: field.id }),
  output: z.object({ undone: z.int() }),
  guard: mayUndo,
  async subject({ tx }, { request }) {
    const recent = sql`${auditLog.at} > now() - ${`${UNDO_MINUTES} minutes`}::interval`;
    const entries = await tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.request, request), recent))
      .orderBy(asc(auditLog.id));
    const undone = await tx
      .select({ id: auditLog.id })
      .from(auditLog)
      .where(
        and(
          eq(auditLog.action, "undo"),
          eq(auditLog.subjectKind, "request"),
          eq(auditLog.subjectId, request),
        ),
      );
    return { entries, by: entries.map(({ actor }) => actor), undone: undone.length > 0 };
  },
  async run(context, { request }, { entries }) {
    for (const entry of entries.toReversed()) {
      const { subjectKind, dealId, action } = entry;
      if (!UNDOABLE.includes(subjectKind) || !dealId)
        refuse("request", request, `${action} cannot be taken back; make the opposite change`);
      const deal = await lockDeal(context, dealId);
      const change = { kind: subjectKind, before: entry.before, after: entry.after } as Change;
      const may = mayTakeBack(context.actor, deal, change);
      if (may !== true) refuse("", null, may);
      await takeBack(context, entry, deal);
      // A step is no fact: nothing is judged by it.
      if (change.kind !== "joint_step") context.touch(dealId);
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

async function takeBack(context: WriteContext, entry: Entry, deal: DealRow): Promise<void> {
  const before = entry.before as Row | null;
  const after = entry.after as Row | null;
  switch (entry.subjectKind as Change["kind"]) {
    case "role_row":
      return restore(context, entry, roleRows, before, after);
    case "activity":
      return restore(context, entry, activities, before, after);
    case "joint_step":
      return restore(context, entry, jointSteps, before, after);
    case "stage_entry": {
      const key = and(eq(stageEntries.dealId, entry.dealId!), eq(stageEntries.seq, Number(after!.seq)));
      await context.tx.delete(stageEntries).where(key);
      return record(context, entry, after, null);
    }
    case "deal": {
      mustStandAsLeft(entry, deal, after!);
      const { id: _id, version: _version, createdAt: _createdAt, ...values } = before!;
      await context.tx.update(deals).set(values).where(eq(deals.id, entry.subjectId));
      return record(context, entry, deal, before);
    }
  }
}

async function restore(
  context: WriteContext,
  entry: Entry,
  table: typeof roleRows | typeof activities | typeof jointSteps,
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

/** Refuses to take back what somebody changed since. */
function mustStandAsLeft(entry: Entry, now: Row | undefined, left: Row): void {
  if (!now) conflict(entry, null);
  const known = Object.fromEntries(Object.keys(left).map((column) => [column, now[column]]));
  if (changed(left, known).length > 0) conflict(entry, now);
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
