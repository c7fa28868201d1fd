import { asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { identities } from "@/db/schema/identities";
import { users } from "@/db/schema/people";
import { refuse } from "@/lib/errors";
import { auditedPerson, endSessions, guardedPerson, type PersonRow } from "../account/load";
import { defineVerb, type WriteContext } from "../verb";
import { maySwitchOffLeavers } from "./guards";

/** A list that was cut off must not empty the house: without saying so, no more leave at once than this. */
const USUAL = 5;

/** Whoever is not in the list is switched off, as by hand: their sessions end, and nothing of theirs is deleted (§9). */
export const switchOffLeavers = defineVerb({
  name: "switch-off-leavers",
  summary: "Switch off everybody who is not in a list of those who are still with the company",
  input: z.strictObject({
    /** Everybody who is there: mail addresses, or subjects of the identity provider. */
    present: z
      .array(z.string().trim().min(1, "must not be empty").max(320))
      .min(1, "must name somebody: an empty list is none")
      .max(100_000, "must be 100,000 at most"),
    /** How many may be switched off at once; more are refused, and nobody is. */
    most: z.int("must be a whole number").min(0).max(100_000).default(USUAL),
  }),
  output: z.object({
    switchedOff: z.array(z.object({ id: z.string(), name: z.string() })),
    present: z.int(),
  }),
  guard: maySwitchOffLeavers,
  async run(context, { present, most }) {
    const { tx, actor } = context;
    const rows = await tx
      .select()
      .from(users)
      .where(isNull(users.disabledAt))
      .orderBy(asc(users.id))
      .for("update");
    const real = rows.filter(({ demo }) => !demo);
    const there = await thoseIn(context, present);
    const gone = real.filter((one) => !there.has(one.id) && one.id !== actor.userId);
    if (gone.length === real.length && real.length > 0)
      refuse("present", null, "names nobody who has access here: is it the right list?");
    if (gone.length > most)
      refuse(
        "most",
        most,
        `is fewer than the ${gone.length} people whom this list would switch off: look at the list, then say how many`,
      );
    for (const person of gone) await switchOff(context, person);
    return {
      switchedOff: gone.map(({ id, name }) => ({ id, name })),
      present: real.length - gone.length,
    };
  },
});

/** Who of ours a list names, by address or by who they are at the identity provider. */
async function thoseIn({ tx }: WriteContext, present: readonly string[]): Promise<ReadonlySet<string>> {
  const addresses = present.map((one) => one.toLowerCase());
  const byAddress = await tx.select({ id: users.id }).from(users).where(inArray(users.email, addresses));
  const bySubject = await tx
    .select({ id: identities.userId })
    .from(identities)
    .where(inArray(identities.subject, [...present]));
  return new Set([...byAddress, ...bySubject].flatMap(({ id }) => id ?? []));
}

async function switchOff(context: WriteContext, row: PersonRow): Promise<void> {
  const { tx, audit } = context;
  const { lastAdmin, name } = await guardedPerson(tx, row);
  if (lastAdmin)
    refuse(
      "present",
      null,
      `does not name ${name}, the last admin: make somebody else one first, so that somebody can get in`,
    );
  const [after] = await tx
    .update(users)
    .set({ disabledAt: sql`now()` })
    .where(eq(users.id, row.id))
    .returning();
  await endSessions(context, row.id);
  audit({
    ...{ subjectKind: "user", subjectId: row.id, dealId: null },
    ...{ before: auditedPerson(row), after: auditedPerson(after!) },
  });
}
