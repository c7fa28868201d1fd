import { and, asc, inArray, isNull, or, sql } from "drizzle-orm";
import { deals } from "@/db/schema/deals";
import { deputies, exceptionNotes, exceptions, exceptionVotes } from "@/db/schema/exceptions";
import { sealedQuarters } from "@/db/schema/reviews";
import { GRAY_WORDS } from "@/lib/attribution/words";
import { Refusal } from "@/lib/errors";
import { contestedOf } from "@/lib/judging/contested";
import type { DealRow } from "../deal/load";
import { newId } from "../new-id";
import type { WriteContext } from "../verb";
import type { OfException } from "./guards";

export type ExceptionRow = typeof exceptions.$inferSelect;
export type VoteRow = typeof exceptionVotes.$inferSelect;

/** A locked exception with its deal and votes, finance first; what is contested comes with `withContested`. */
export interface LockedCase extends Omit<OfException, "contested"> {
  exception: ExceptionRow;
  /** Null when it was deleted since. */
  deal: DealRow | null;
  votes: VoteRow[];
}

/**
 * Locks exceptions for the rest of the transaction, in the order asked. The deals first, as everybody locks:
 * judging goes on from the deal to its exceptions. Unknown ids are left out.
 */
export async function lockCases({ tx }: WriteContext, ids: readonly string[]): Promise<LockedCase[]> {
  const found = await tx
    .select({ dealId: exceptions.dealId })
    .from(exceptions)
    .where(inArray(exceptions.id, [...ids]));
  const dealIds = [...new Set(found.map(({ dealId }) => dealId))];
  const dealRows = await tx
    .select()
    .from(deals)
    .where(inArray(deals.id, dealIds))
    .orderBy(asc(deals.id))
    .for("update");
  const rows = await tx
    .select()
    .from(exceptions)
    .where(inArray(exceptions.id, [...ids]))
    .orderBy(asc(exceptions.id))
    .for("update");
  const votes = await tx
    .select()
    .from(exceptionVotes)
    .where(inArray(exceptionVotes.exceptionId, [...ids]))
    .orderBy(asc(exceptionVotes.side));
  const standing = await tx
    .select()
    .from(deputies)
    .where(
      and(
        isNull(deputies.endedOn),
        or(isNull(deputies.exceptionId), inArray(deputies.exceptionId, [...ids])),
      ),
    );
  const frozen = await tx.select({ quarter: sealedQuarters.quarter }).from(sealedQuarters);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const exception = byId.get(id);
    if (!exception) return [];
    const { quarter, settledOn, raisedBy, contestedBy, demo } = exception;
    return [
      {
        exception,
        deal: dealRows.find((deal) => deal.id === exception.dealId) ?? null,
        votes: votes.filter((vote) => vote.exceptionId === id),
        deputies: standing.filter(({ exceptionId }) => exceptionId === null || exceptionId === id),
        quarter,
        frozen: frozen.some((seal) => seal.quarter === quarter),
        demo,
        settledOn,
        raisedBy,
        contestedBy,
      },
    ];
  });
}

/**
 * Locks one exception. With a version, refuses what was decided on an older one and shows both: what the
 * caller wanted, and the exception with its votes as it stands.
 */
export async function lockCase(
  context: WriteContext,
  exceptionId: string,
  yours?: { version: number } & Record<string, unknown>,
): Promise<LockedCase> {
  const [found] = await lockCases(context, [exceptionId]);
  if (!found) {
    throw new Refusal({
      code: "not_found",
      field: "exceptionId",
      value: exceptionId,
      rule: "there is no exception with this id",
    });
  }
  const { exception, votes } = found;
  if (yours !== undefined && yours.version !== exception.version) {
    throw new Refusal({
      code: "conflict",
      field: "version",
      value: { yours, now: { ...exception, votes } },
      rule: `${CHANGED}; look at what stands now and decide again`,
    });
  }
  return found;
}

export const CHANGED = "somebody changed this exception after you opened it";

/** Adds what is contested in each and who recorded it, which deciding asks. */
export async function withContested<Case extends LockedCase>(
  { tx, today, policies }: WriteContext,
  cases: readonly Case[],
): Promise<(Case & OfException)[]> {
  const contested = await contestedOf(
    tx,
    cases.map(({ exception }) => exception),
    today,
    await policies(),
  );
  return cases.map((one) => ({ ...one, contested: contested.get(one.exception.id) ?? [] }));
}

/** A case as people know it: "Larkfield Foods, late record". */
export function caseName({
  exception: { dealId, kind },
  deal,
}: Pick<LockedCase, "exception" | "deal">): string {
  const what = kind === "other" ? "other" : GRAY_WORDS[kind].label.toLowerCase();
  return `${deal?.account ?? dealId}, ${what}`;
}

type NewNote = typeof exceptionNotes.$inferInsert;

/** What happened to an exception, in its discussion: whom and what it is about in columns, never in its text. */
export type Said = Pick<NewNote, "decision" | "partnerId" | "outcome" | "personId" | "until"> & {
  exceptionId: string;
  kind: "opened" | "comment" | "owner" | "deferred" | "deputy" | "voted" | "decided" | "withdrawn";
  text?: string;
};

export async function note({ tx, actor }: WriteContext, ...said: readonly Said[]): Promise<string[]> {
  if (said.length === 0) return [];
  const notes = said.map((one) => ({ text: "", ...one, id: newId("N"), byId: actor.userId }));
  await tx.insert(exceptionNotes).values(notes);
  return notes.map(({ id }) => id);
}

/** Writes into the audit log that an exception changed. */
export function auditException(
  { audit }: WriteContext,
  before: ExceptionRow | null,
  after: ExceptionRow,
): void {
  audit({ subjectKind: "exception", subjectId: after.id, dealId: after.dealId, before, after });
}

/** Changes several exceptions alike, a version on, each with its audit entry; answers their versions. */
export async function changeCases(
  context: WriteContext,
  cases: readonly Pick<LockedCase, "exception">[],
  changes: Partial<ExceptionRow>,
): Promise<Map<string, number>> {
  if (cases.length === 0) return new Map();
  const rows = await context.tx
    .update(exceptions)
    .set({ ...changes, version: sql`${exceptions.version} + 1` })
    .where(
      inArray(
        exceptions.id,
        cases.map(({ exception }) => exception.id),
      ),
    )
    .returning();
  const after = new Map(rows.map((row) => [row.id, row]));
  for (const { exception } of cases) auditException(context, exception, after.get(exception.id)!);
  return new Map(rows.map(({ id, version }) => [id, version]));
}
