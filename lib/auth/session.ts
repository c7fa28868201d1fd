import { randomUUID } from "node:crypto";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { cookies, headers } from "next/headers";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { type Client, database } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { sessions, users } from "@/db/schema/people";
import { type Actor, actorOfUser } from "./actor";
import { cookieName, isSecure } from "./cookies";
import { LAST_WRITE_COOKIE, recallWrite } from "./last-write";
import { authSecret } from "./secret";

/** Where the browser keeps the session. */
export const SESSION_COOKIE = "next-auth.session-token";

/** A session ends when it is not used for so long, and after so long in any case. */
export const IDLE_HOURS = 12;
export const SESSION_DAYS = 30;
/** How old the note of a session's last use may get: a write a request would be too many. */
const NOTED_MS = 5 * 60_000;

/** Of a session's row: neither ended, nor idle for too long, nor too old. */
export const isLive: SQL = sql`(${sessions.endedAt} is null
  and ${sessions.seenAt} > now() - make_interval(hours => ${IDLE_HOURS})
  and ${sessions.createdAt} > now() - make_interval(days => ${SESSION_DAYS}))`;

/**
 * Who is behind a session's token, or null. The token names the session; whether it still lasts, and the
 * person's role and state, are read now, from the primary, in one statement: a change holds from the next request (§9).
 */
export async function actorOfToken(token: string, client: Client = database()): Promise<Actor | null> {
  const said = await decode({ token, secret: authSecret() }).catch(() => null);
  if (typeof said?.sub !== "string" || typeof said.session !== "string") return null;
  const [found] = await client.db
    .select({ user: users, seenAt: sessions.seenAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(eq(sessions.id, said.session), eq(sessions.userId, said.sub), isLive, isNull(users.disabledAt)),
    );
  if (!found) return null;
  const actor = { ...actorOfUser(found.user), sessionId: said.session };
  if (Date.now() - found.seenAt.getTime() > NOTED_MS) void noteUse(client, actor, said.session);
  return actor;
}

/** Notes that a session is in use. Nobody waits for it, and one that fails is made up for by the next. */
async function noteUse(client: Client, { id: actor }: Actor, session: string): Promise<void> {
  const context = { actor, request: randomUUID() };
  await guardedTransaction(client, context, (tx) =>
    tx
      .update(sessions)
      .set({ seenAt: sql`now()` })
      .where(and(eq(sessions.id, session), isNull(sessions.endedAt))),
  ).catch(() => {});
}

/** Who makes this request, or null when nobody is signed in; asked once a page however many parts ask. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const [jar, said] = await Promise.all([cookies(), headers()]);
  const kept = (name: string) => jar.get(cookieName(name, isSecure(said)))?.value;
  const token = kept(SESSION_COOKIE);
  const actor = token ? await actorOfToken(token) : null;
  if (actor) recallWrite(actor, kept(LAST_WRITE_COOKIE));
  return actor;
});
