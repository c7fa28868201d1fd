import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { challenges, identities } from "@/db/schema/identities";
import { tokenHash } from "@/lib/auth/links";
import { refuse } from "@/lib/errors";
import { mayKeepAccount } from "../account/guards";
import { defineVerb } from "../verb";
import { identityInput, isIdentity, toldInput } from "./load";

/** Links who came by single sign-on to the account in whose session that was begun (begin-link). */
export const linkIdentity = defineVerb({
  name: "link-identity",
  summary: "Link the company's own sign-in to one's account",
  input: z.strictObject({ token: z.string().max(100), ...identityInput, ...toldInput }),
  output: z.object({}),
  guard: mayKeepAccount,
  tellsOnce: true,
  async subject({ tx, actor }, { token }) {
    const { purpose, sessionId, usedAt, expiresAt } = challenges;
    const [asked] = await tx
      .select()
      .from(challenges)
      .where(
        and(
          ...[eq(challenges.tokenHash, tokenHash(token)), eq(purpose, "link"), isNull(usedAt)],
          ...[eq(sessionId, actor.sessionId ?? ""), gt(expiresAt, sql`now()`)],
        ),
      )
      .for("update");
    return asked ?? refuse("token", null, "what was begun is over, or was begun in another session");
  },
  async run({ tx, actor, audit }, { issuer, subject, email, name }, asked) {
    await tx.update(challenges).set({ usedAt: sql`now()` }).where(eq(challenges.tokenHash, asked.tokenHash));
    const [before = null] = await tx
      .select()
      .from(identities)
      .where(isIdentity({ issuer, subject }))
      .for("update");
    if (before?.userId === asked.userId) refuse("subject", null, "is yours already");
    if (before?.userId) refuse("subject", null, "belongs to somebody else here");
    const link = { userId: asked.userId, linkedBy: actor.id, linkedAt: sql`now()` };
    const [after] = await tx
      .insert(identities)
      .values({ issuer, subject, email, name, ...link })
      .onConflictDoUpdate({
        target: [identities.issuer, identities.subject],
        set: { email, name, seenAt: sql`now()`, ...link },
      })
      .returning();
    audit({ subjectKind: "user", subjectId: asked.userId, dealId: null, before, after: after! });
    return {};
  },
});
