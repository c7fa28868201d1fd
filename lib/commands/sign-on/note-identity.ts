import { sql } from "drizzle-orm";
import { z } from "zod";
import { identities } from "@/db/schema/identities";
import { defineVerb } from "../verb";
import { identityInput, isIdentity, toldInput } from "./load";

/** Writes down who came by single sign-on and belongs to nobody, so that an admin can say who they are. */
export const noteIdentity = defineVerb({
  name: "note-identity",
  summary: "Note who came by single sign-on and belongs to nobody here",
  input: z.strictObject({ ...identityInput, ...toldInput }),
  output: z.object({}),
  guard: { may: "account.keep", own: () => true },
  async run({ tx, audit }, { issuer, subject, email, name }) {
    const [before = null] = await tx.select().from(identities).where(isIdentity({ issuer, subject }));
    const [after] = await tx
      .insert(identities)
      .values({ issuer, subject, email, name })
      .onConflictDoUpdate({
        target: [identities.issuer, identities.subject],
        set: { email, name, seenAt: sql`now()` },
      })
      .returning();
    audit({ subjectKind: "identity", subjectId: subject, dealId: null, before, after: after! });
    return {};
  },
});
