import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { asWritten, auditLog } from "@/db/schema/audit";
import { deals, stageEntries } from "@/db/schema/deals";
import { activities, roleRows } from "@/db/schema/facts";
import { jointSteps } from "@/db/schema/joint-steps";
import { notices } from "@/db/schema/notices";
import { refuse } from "@/lib/errors";
import { type DealRow, lockDeal } from "./deal/load";
import { type Entry, mustMayBack, mustStandAsLeft, noteBack, sidesOf } from "./entry-back";
import * as field from "./input";
import { unmerge } from "./partner/unmerge";
import { type Change, mayTakeBack, mayUndo, type Row, UNDO_MINUTES } from "./undo-guards";
import { RECORDS } from "./undo-records";
import { defineVerb, type WriteContext } from "./verb";

/** What is said of a deal, and can be taken back; what is known of records is in undo-records.ts. */
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
      .select(asWritten)
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
    if (entries[0]!.action === "merge-partners") await unmerge(context, entries);
    else
      for (const entry of entries.filter((one) => !followsAccount(one)).toReversed()) {
        const ofRecord = RECORDS[entry.subjectKind];
        if (ofRecord) await ofRecord(context, entry);
        else await factBack(context, entry);
      }
    // Whom it would have been told, it is told no more.
    await context.tx.delete(notices).where(unsent(request));
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

/** Notices of a write that nobody began to send. */
const unsent = (request: string) =>
  and(eq(notices.request, request), eq(notices.state, "waiting"), eq(notices.attempts, 0));

/** A deal shows its account's name: it follows when the account is called as it was. */
const followsAccount = ({ action, subjectKind }: Entry) =>
  action === "edit-account" && subjectKind === "deal";

async function factBack(context: WriteContext, entry: Entry): Promise<void> {
  const { subjectKind, dealId } = entry;
  if (!UNDOABLE.includes(subjectKind) || !dealId)
    refuse("request", entry.request, "This cannot be taken back: make the opposite change");
  const deal = await lockDeal(context, dealId);
  const change = { kind: subjectKind, ...sidesOf(entry) } as Change;
  mustMayBack(mayTakeBack(context.actor, deal, change));
  await takeBack(context, entry, deal);
  // A step is no fact: nothing is judged by it.
  if (change.kind !== "joint_step") context.touch(dealId);
}

async function takeBack(context: WriteContext, entry: Entry, deal: DealRow): Promise<void> {
  const { before, after } = sidesOf(entry);
  switch (entry.subjectKind as Change["kind"]) {
    case "role_row":
      return restore(context, entry, roleRows);
    case "activity":
      return restore(context, entry, activities);
    case "joint_step":
      return restore(context, entry, jointSteps);
    case "stage_entry": {
      const key = and(eq(stageEntries.dealId, entry.dealId!), eq(stageEntries.seq, Number(after!.seq)));
      await context.tx.delete(stageEntries).where(key);
      return noteBack(context, entry, after, null);
    }
    case "deal": {
      mustStandAsLeft(entry, deal as unknown as Row);
      const { id: _id, version: _version, createdAt: _createdAt, ...values } = before!;
      await context.tx.update(deals).set(values).where(eq(deals.id, entry.subjectId));
      return noteBack(context, entry, deal, before);
    }
  }
}

async function restore(
  context: WriteContext,
  entry: Entry,
  table: typeof roleRows | typeof activities | typeof jointSteps,
): Promise<void> {
  const { tx } = context;
  const { before, after } = sidesOf(entry);
  const [now] = await tx.select().from(table).where(eq(table.id, entry.subjectId));
  mustStandAsLeft(entry, now as Row | undefined);
  if (!before) await tx.delete(table).where(eq(table.id, entry.subjectId));
  else {
    const { createdAt: _createdAt, ...values } = before;
    if (after) await tx.update(table).set(values).where(eq(table.id, entry.subjectId));
    else await tx.insert(table).values(values as never);
  }
  noteBack(context, entry, now ?? null, before);
}
