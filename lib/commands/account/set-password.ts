import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { type Db, database } from "@/db/connection/client";
import { passwordLinks, users } from "@/db/schema/people";
import { tokenHash } from "@/lib/auth/links";
import { hashPassword } from "@/lib/auth/password";
import { passwordFault } from "@/lib/auth/password-rule";
import { refuse } from "@/lib/errors";
import { defineVerb } from "../verb";
import { mayKeepAccount } from "./guards";
import { auditedPerson, endSessions, type PersonRow } from "./load";
import { isOwnBrowser } from "./own-browser";
import { whenceShape } from "./whence";

const DEAD = "this link was used, withdrawn or is older than a day: ask an admin for a new one";

/** Whose link a token is, while it works. */
export async function personOfLink(token: string, db: Db = database().db): Promise<PersonRow | null> {
  const [found] = await db
    .select({ user: users })
    .from(passwordLinks)
    .innerJoin(users, eq(users.id, passwordLinks.userId))
    .where(and(isLiveLink(token), isNull(users.disabledAt)));
  return found?.user ?? null;
}

const isLiveLink = (token: string) =>
  and(
    eq(passwordLinks.tokenHash, tokenHash(token)),
    isNull(passwordLinks.usedAt),
    isNull(passwordLinks.revokedAt),
    gt(passwordLinks.expiresAt, sql`now()`),
  );

export const setPassword = defineVerb({
  name: "set-password",
  summary: "Set one's password by a link that works once",
  input: z.strictObject({ token: z.string().max(100), password: z.string().max(1000), whence: whenceShape }),
  output: z.object({ email: z.string() }),
  guard: mayKeepAccount,
  tellsOnce: true,
  async prepare({ db }, { token, password }) {
    const person = (await personOfLink(token, db)) ?? refuse("token", null, DEAD);
    const fault = passwordFault(password, person);
    if (fault) refuse("password", null, fault);
    return await hashPassword(password);
  },
  async subject({ tx }, { token }) {
    const [link] = await tx.select().from(passwordLinks).where(isLiveLink(token)).for("update");
    if (!link) refuse("token", null, DEAD);
    return link;
  },
  async run(context, { whence }, { id, userId, issuedBy }, passwordHash) {
    const { tx, demo, audit } = context;
    const [before] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
    if (!before || before.disabledAt) return refuse("token", null, DEAD);
    await tx.update(passwordLinks).set({ usedAt: sql`now()` }).where(eq(passwordLinks.id, id));
    // What the story sets, everybody can read.
    const passwordOwn = !demo && (await isOwnBrowser(tx, userId, whence.browserId));
    const [after] = await tx
      .update(users)
      .set({ passwordHash, passwordSetAt: sql`now()`, passwordOwn })
      .where(eq(users.id, userId))
      .returning();
    await endSessions(context, userId);
    const { browser, origin } = whence;
    audit({
      subjectKind: "user",
      subjectId: userId,
      dealId: null,
      before: auditedPerson(before),
      after: { ...auditedPerson(after!), linkIssuedBy: issuedBy, browser, origin },
    });
    return { email: before.email };
  },
});
