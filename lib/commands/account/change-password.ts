import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { sessions, users } from "@/db/schema/people";
import { hashPassword } from "@/lib/auth/password";
import { passwordFault } from "@/lib/auth/password-rule";
import { refuse } from "@/lib/errors";
import { mustKnowPassword } from "../in-person";
import { defineVerb } from "../verb";
import { mayKeepAccount } from "./guards";
import { auditedPerson, endSessions } from "./load";
import { isOwnBrowser } from "./own-browser";

export const changePassword = defineVerb({
  name: "change-password",
  summary: "Change one's own password; one's sessions in other browsers end",
  input: z.strictObject({ password: z.string().max(1000), newPassword: z.string().max(1000) }),
  output: z.object({ signs: z.boolean() }),
  guard: mayKeepAccount,
  tellsOnce: true,
  async prepare(context, { password, newPassword }) {
    const { db, actor } = context;
    const [person] = await db
      .select()
      .from(users)
      .where(eq(users.id, actor.userId ?? ""));
    if (!person) return refuse("password", null, "only people have one");
    if (person.demo && !person.passwordOwn)
      refuse("", null, "the passwords of the demo's people stay as everybody can read them");
    const fault = passwordFault(newPassword, person);
    if (fault) refuse("newPassword", null, fault);
    if (newPassword === password) refuse("newPassword", null, "must be another one than before");
    await mustKnowPassword(context, password, "to change it");
    return { was: person.passwordHash, passwordHash: await hashPassword(newPassword) };
  },
  async subject({ tx, actor }) {
    const [row] = await tx
      .select()
      .from(users)
      .where(eq(users.id, actor.userId ?? ""))
      .for("update");
    return { userId: row?.id ?? "", row: row! };
  },
  async run(context, _, { userId, row }, { was, passwordHash }) {
    const { tx, actor, audit } = context;
    if (row.passwordHash !== was) refuse("password", null, "was changed at the same moment; sign in again");
    const [session] = actor.sessionId
      ? await tx.select().from(sessions).where(eq(sessions.id, actor.sessionId))
      : [];
    const passwordOwn = await isOwnBrowser(tx, userId, session?.browserId ?? null);
    const [after] = await tx
      .update(users)
      .set({ passwordHash, passwordSetAt: sql`now()`, passwordOwn })
      .where(eq(users.id, userId))
      .returning();
    await endSessions(context, userId, actor.sessionId);
    audit({
      subjectKind: "user",
      subjectId: userId,
      dealId: null,
      before: auditedPerson(row),
      after: auditedPerson(after!),
    });
    return { signs: passwordOwn };
  },
});
