import { asc, eq } from "drizzle-orm";
import { exceptionNotes, exceptions, exceptionVotes } from "@/db/schema/exceptions";
import { Refusal } from "@/lib/errors";
import { newId } from "../new-id";
import type { WriteContext } from "../verb";

export type ExceptionRow = typeof exceptions.$inferSelect;
export type VoteRow = typeof exceptionVotes.$inferSelect;

/** An exception of the log with its votes, finance first. */
export interface LockedException {
  exception: ExceptionRow;
  votes: VoteRow[];
}

/**
 * Locks an exception for the rest of the transaction. With a version, refuses what was decided on an older
 * one and shows both: what the caller wanted, and the exception with its votes as it stands.
 */
export async function lockException(
  { tx }: WriteContext,
  exceptionId: string,
  yours?: { version: number } & Record<string, unknown>,
): Promise<LockedException> {
  const [exception] = await tx.select().from(exceptions).where(eq(exceptions.id, exceptionId)).for("update");
  if (!exception) {
    throw new Refusal({
      code: "not_found",
      field: "exceptionId",
      value: exceptionId,
      rule: "there is no exception with this id",
    });
  }
  const votes = await tx
    .select()
    .from(exceptionVotes)
    .where(eq(exceptionVotes.exceptionId, exceptionId))
    .orderBy(asc(exceptionVotes.side));
  if (yours !== undefined && yours.version !== exception.version) {
    throw new Refusal({
      code: "conflict",
      field: "version",
      value: { yours, now: { ...exception, votes } },
      rule: "somebody changed this exception after you opened it; look at what stands now and decide again",
    });
  }
  return { exception, votes };
}

/** What happened to an exception, in its discussion. */
export type NoteKind = "opened" | "comment" | "owner" | "deferred" | "voted" | "decided";

export async function note(
  { tx, actor }: WriteContext,
  exceptionId: string,
  kind: NoteKind,
  text: string,
): Promise<string> {
  const id = newId("N");
  await tx.insert(exceptionNotes).values({ id, exceptionId, kind, text, byId: actor.userId });
  return id;
}

/** Writes into the audit log that an exception changed. */
export function auditException(
  { audit }: WriteContext,
  before: ExceptionRow | null,
  after: ExceptionRow,
): void {
  audit({ subjectKind: "exception", subjectId: after.id, dealId: after.dealId, before, after });
}
