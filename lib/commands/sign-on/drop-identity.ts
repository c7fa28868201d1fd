import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { identities } from "@/db/schema/identities";
import { sessions } from "@/db/schema/people";
import { lockPerson } from "../account/load";
import { defineVerb } from "../verb";
import { mayDropIdentity } from "./guards";
import { identityInput, isIdentity, lockIdentity } from "./load";

export const dropIdentity = defineVerb({
  name: "drop-identity",
  summary: "Take a link to the company's own sign-in away; who came by it is signed out",
  input: z.strictObject(identityInput),
  output: z.object({}),
  guard: mayDropIdentity,
  async subject(context, named) {
    const row = await lockIdentity(context, named);
    return { row, person: row.userId === null ? null : await lockPerson(context, row.userId) };
  },
  async run({ tx, audit }, named, { row, person }) {
    await tx.delete(identities).where(isIdentity(named));
    if (person)
      await tx
        .update(sessions)
        .set({ endedAt: new Date() })
        .where(
          and(eq(sessions.userId, person.id), eq(sessions.way, "single_sign_on"), isNull(sessions.endedAt)),
        );
    const subjectId = person?.id ?? row.subject;
    audit({ subjectKind: person ? "user" : "identity", subjectId, dealId: null, before: row, after: null });
    return {};
  },
});
