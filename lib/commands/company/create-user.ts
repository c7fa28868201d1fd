import { eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { hashPassword, PASSWORD_MIN, PASSWORD_RULE } from "@/lib/auth/password";
import { USER_ROLES } from "@/lib/auth/roles";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";

export const createUser = defineVerb({
  name: "create-user",
  summary: "Give a person access",
  input: z.strictObject({
    id: field.id.optional(),
    email: z.email("must be an e-mail address").transform((email) => email.toLowerCase()),
    name: field.line(200),
    role: z.enum(USER_ROLES, { error: `must be one of ${USER_ROLES.join(", ")}` }),
    password: z.string().min(PASSWORD_MIN, PASSWORD_RULE).max(200),
    ownerName: field.line(200).nullable().default(null),
  }),
  output: z.object({ userId: z.string() }),
  guard: { may: "people.manage" },
  async run({ tx, demo, audit }, { password, ...person }) {
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
    await tx.insert(users).values({ ...person, id, demo, passwordHash: await hashPassword(password) });
    audit({ subjectKind: "user", subjectId: id, dealId: null, before: null, after: { ...person, id } });
    return { userId: id };
  },
});
