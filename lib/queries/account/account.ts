import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { identities } from "@/db/schema/identities";
import { passkeys, sessions, users } from "@/db/schema/people";
import { SIGN_IN_WAYS } from "@/lib/auth/roles";
import { isLive } from "@/lib/auth/session";
import { signOnConfig } from "@/lib/auth/single-sign-on";
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
    /** What one signs by instead of the password. */
    passkeys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        /** Whether it counts for a signature. */
        own: z.boolean(),
        createdAt: z.iso.datetime(),
        usedAt: z.iso.datetime().nullable(),
      }),
    ),
    /** Whether one can come by the company's own sign-in, and as whom one does. */
    signOn: z.object({
      isSetUp: z.boolean(),
      identities: z.array(z.object({ issuer: z.string(), email: z.string(), linkedAt: z.iso.datetime() })),
    }),
    /** Those that last, the one that asks first, then the latest used. */
    sessions: z.array(
      z.object({
        id: z.string(),
        browser: z.string(),
        origin: z.string(),
        way: z.enum(SIGN_IN_WAYS),
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
    const linked = await db
      .select()
      .from(identities)
      .where(eq(identities.userId, userId))
      .orderBy(identities.linkedAt, identities.subject);
    const keys = await db
      .select()
      .from(passkeys)
      .where(eq(passkeys.userId, userId))
      .orderBy(passkeys.createdAt, passkeys.id);
    const told = rows.map(({ id, browser, origin, way, createdAt, seenAt }) => ({
      ...{ id, browser, origin, way, isThis: id === actor.sessionId },
      createdAt: createdAt.toISOString(),
      seenAt: seenAt.toISOString(),
    }));
    return {
      email: person.email,
      demo: person.demo,
      passwordSetAt: person.passwordSetAt?.toISOString() ?? null,
      passwordOwn: person.passwordOwn,
      passkeys: keys.map(({ id, name, own, createdAt, usedAt }) => ({
        ...{ id, name, own, createdAt: createdAt.toISOString() },
        usedAt: usedAt?.toISOString() ?? null,
      })),
      signOn: {
        isSetUp: signOnConfig() !== null,
        identities: linked.map(({ issuer, email, linkedAt }) => ({
          ...{ issuer, email },
          linkedAt: linkedAt!.toISOString(),
        })),
      },
      sessions: [...told.filter(({ isThis }) => isThis), ...told.filter(({ isThis }) => !isThis)],
    };
  },
});
