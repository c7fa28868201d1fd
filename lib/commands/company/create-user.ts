import { eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { USER_ROLES } from "@/lib/auth/roles";
import { refuse } from "@/lib/errors";
import { mayAddPerson } from "../account/guards";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";

export const createUser = defineVerb({
  name: "create-user",
  summary: "Give a person access; they set their own password by a link (issue-link)",
  input: z.strictObject({
    id: field.id.optional(),
    email: z.email("must be an e-mail address").transform((email) => email.toLowerCase()),
    name: field.line(200),
    role: z.enum(USER_ROLES, { error: `must be one of ${USER_ROLES.join(", ")}` }),
    ownerName: field.line(200).nullable().default(null),
    team: field.line(100).nullable().default(null),
  }),
  output: z.object({ userId: z.string() }),
  guard: mayAddPerson,
  async run({ tx, actor, demo, audit }, person) {
    const taken = await tx.select({ id: users.id }).from(users).where(eq(users.email, person.email));
    if (taken.length > 0) refuse("email", person.email, "somebody with this address has access already");
    if (person.ownerName) {
      const named = await tx
        .select({ id: users.id })
        .from(users)
        .where(eq(users.ownerName, person.ownerName));
      if (named.length > 0)
        refuse("ownerName", person.ownerName, "somebody else owns the deals of this name");
    }
    const id = person.id ?? newId("U");
    // Everybody can read the passwords of the story's people: whom they let in is of the story too.
    await tx.insert(users).values({ ...person, id, demo: demo || actor.demo === true });
    audit({ subjectKind: "user", subjectId: id, dealId: null, before: null, after: { ...person, id } });
    return { userId: id };
  },
});
