import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { sessions, users } from "@/db/schema/people";
import { isLive } from "@/lib/auth/session";
import { Refusal } from "@/lib/errors";
import { defineQuery } from "../query";

/** One's own account: how one signs in, and where one is signed in. */
export const account = defineQuery({
  name: "account",
  summary: "My own account: my password's state and my sessions.",
  input: z.strictObject({}),
  output: z.object({
    email: z.string(),
    demo: z.boolean(),
    passwordSetAt: z.iso.datetime().nullable(),
    /** Whether it is one that nobody else could know, as signing and freezing need. */
    passwordOwn: z.boolean(),
    /** Those that last, the one that asks first, then the latest used. */
    sessions: z.array(
      z.object({
        id: z.string(),
        browser: z.string(),
        origin: z.string(),
        createdAt: z.iso.datetime(),
        seenAt: z.iso.datetime(),
        isThis: z.boolean(),
      }),
    ),
  }),
  async run({ db, actor }) {
    const userId = actor.userId ?? "";
    const [person] = await db.select().from(users).where(eq(users.id, userId));
    if (!person) {
      const rule = "only people have an account";
      throw new Refusal({ code: "not_found", field: "", value: actor.name, rule });
    }
    const rows = await db
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isLive))
      .orderBy(desc(sessions.seenAt), desc(sessions.id));
    const told = rows.map(({ id, browser, origin, createdAt, seenAt }) => ({
      ...{ id, browser, origin, isThis: id === actor.sessionId },
      createdAt: createdAt.toISOString(),
      seenAt: seenAt.toISOString(),
    }));
    return {
      email: person.email,
      demo: person.demo,
      passwordSetAt: person.passwordSetAt?.toISOString() ?? null,
      passwordOwn: person.passwordOwn,
      sessions: [...told.filter(({ isThis }) => isThis), ...told.filter(({ isThis }) => !isThis)],
    };
  },
});
