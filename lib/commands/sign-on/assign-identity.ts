import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { identities } from "@/db/schema/identities";
import { users } from "@/db/schema/people";
import { lockPerson } from "../account/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayAssignIdentity } from "./guards";
import { identityInput, isIdentity, lockIdentity } from "./load";

export const assignIdentity = defineVerb({
  name: "assign-identity",
  summary: "Say who somebody is that came by single sign-on and belongs to nobody here",
  input: z.strictObject({ ...identityInput, userId: field.id }),
  output: z.object({ userId: z.string() }),
  guard: mayAssignIdentity,
  async subject(context, { userId, ...named }) {
    const row = await lockIdentity(context, named);
    const person = await lockPerson(context, userId);
    const [owner] = await context.tx
      .select({ name: users.name })
      .from(users)
      .where(eq(users.id, row.userId ?? ""));
    return { row, person, linkedTo: owner?.name ?? null };
  },
  async run({ tx, actor, audit }, { userId, ...named }, { row, person }) {
    const [after] = await tx
      .update(identities)
      .set({ userId, linkedBy: actor.id, linkedAt: sql`now()` })
      .where(isIdentity(named))
      .returning();
    const told = { ...after!, person: person.name };
    audit({ subjectKind: "user", subjectId: userId, dealId: null, before: row, after: told });
    return { userId };
  },
});
