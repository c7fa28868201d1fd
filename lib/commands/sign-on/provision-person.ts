import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { identities } from "@/db/schema/identities";
import { users } from "@/db/schema/people";
import { USER_ROLES } from "@/lib/auth/roles";
import { refuse } from "@/lib/errors";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayProvision } from "./guards";
import { identityInput, toldInput } from "./load";

/** Lets somebody in whom nobody named, because a group of theirs has a role here (§9). An address that is taken is refused. */
export const provisionPerson = defineVerb({
  name: "provision-person",
  summary: "Give access to who came by single sign-on in a group that has a role here",
  input: z.strictObject({ ...identityInput, ...toldInput, role: z.enum(USER_ROLES) }),
  output: z.object({ userId: z.string() }),
  guard: mayProvision,
  async run({ tx, actor, audit }, { issuer, subject, email, name, role }) {
    const address = email.toLowerCase();
    const taken = await tx.select({ id: users.id }).from(users).where(eq(users.email, address));
    if (taken.length > 0) refuse("email", address, "somebody with this address has access already");
    const id = newId("U");
    await tx.insert(users).values({ id, email: address, name, role });
    const link = { userId: id, linkedBy: actor.id, linkedAt: sql`now()` };
    await tx
      .insert(identities)
      .values({ issuer, subject, email, name, ...link })
      .onConflictDoUpdate({
        target: [identities.issuer, identities.subject],
        set: { email, name, seenAt: sql`now()`, ...link },
      });
    const after = { id, email: address, name, role, issuer, subject };
    audit({ subjectKind: "user", subjectId: id, dealId: null, before: null, after });
    return { userId: id };
  },
});
