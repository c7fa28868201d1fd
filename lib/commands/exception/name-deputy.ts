import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { deputies, exceptions } from "@/db/schema/exceptions";
import { refuse } from "@/lib/errors";
import { mustHaveUser } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayNameDeputy, type OfDeputy, SIDES } from "./guards";
import { type LockedCase, lockCase, note } from "./load";

type DeputyRow = typeof deputies.$inferSelect;

export const nameDeputy = defineVerb({
  name: "name-deputy",
  summary: "Name who decides in place of one's side: of one exception, or of all of them",
  input: z.strictObject({
    /** Null: nobody any more. */
    userId: field.id.nullable(),
    /** The one case; every case of the side when absent. */
    exceptionId: field.id.optional(),
  }),
  output: z.object({ side: z.enum(["finance", "partnerships"]), deputy: z.string().nullable() }),
  guard: mayNameDeputy,
  async subject(context, { userId, exceptionId }) {
    const exception = exceptionId === undefined ? null : await lockCase(context, exceptionId);
    return { exception, deputy: userId === null ? null : await candidate(context, userId, exception) };
  },
  async run(context, { userId, exceptionId }, { deputy }) {
    const { tx, actor, today, audit } = context;
    const side = SIDES[actor.role]!;
    const of =
      exceptionId === undefined ? isNull(deputies.exceptionId) : eq(deputies.exceptionId, exceptionId);
    const [before = null] = await tx
      .update(deputies)
      .set({ endedOn: today, endedBy: actor.userId })
      .where(and(of, eq(deputies.side, side), isNull(deputies.endedOn)))
      .returning();
    if (before === null && userId === null) refuse("userId", null, "nobody is named");
    const after: DeputyRow | null =
      userId === null
        ? null
        : ((
            await tx
              .insert(deputies)
              .values({
                id: newId("V"),
                side,
                userId,
                exceptionId: exceptionId ?? null,
                namedBy: actor.userId!,
                namedOn: today,
              })
              .returning()
          )[0] ?? null);
    if (exceptionId !== undefined) await note(context, { exceptionId, kind: "deputy", personId: userId });
    audit({ subjectKind: "deputy", subjectId: (after ?? before)!.id, dealId: null, before, after });
    return { side, deputy: deputy?.name ?? null };
  },
});

/** Whoever is to be named, and the side whose deputy they are already where this one would be. */
async function candidate(
  context: WriteContext,
  userId: string,
  exception: LockedCase | null,
): Promise<OfDeputy["deputy"]> {
  const { id, name, role } = await mustHaveUser(context, "userId", userId);
  // What is settled needs no deputy any more.
  const standing = await context.tx
    .select({ side: deputies.side, exceptionId: deputies.exceptionId })
    .from(deputies)
    .leftJoin(exceptions, eq(exceptions.id, deputies.exceptionId))
    .where(and(eq(deputies.userId, userId), isNull(deputies.endedOn), isNull(exceptions.settledOn)));
  const own = SIDES[context.actor.role];
  const here = standing.filter(
    ({ exceptionId }) => exceptionId === null || exception === null || exceptionId === exception.exception.id,
  );
  return { id, name, role, of: here.find(({ side }) => side !== own)?.side ?? null };
}
