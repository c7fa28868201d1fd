import { and, eq, isNull } from "drizzle-orm";
import { cookies } from "next/headers";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { type Db, database } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import type { Actor } from "./actor";
import { LAST_WRITE_COOKIE, recallWrite } from "./last-write";
import { authSecret } from "./secret";

/** Where the browser keeps the session: the first over https, the second without. */
export const SESSION_COOKIES = ["__Secure-next-auth.session-token", "next-auth.session-token"] as const;

/**
 * Who is behind a session's token, or null. The token says only who signed in and which version of
 * their access; role and state are read now, from the primary, so a change of either holds from the next
 * request (§9).
 */
export async function actorOfToken(token: string, db: Db = database().db): Promise<Actor | null> {
  const session = await decode({ token, secret: authSecret() }).catch(() => null);
  if (typeof session?.sub !== "string" || typeof session.version !== "number") return null;
  const [user] = await db
    .select({ id: users.id, name: users.name, role: users.role, ownerName: users.ownerName })
    .from(users)
    .where(
      and(eq(users.id, session.sub), eq(users.sessionVersion, session.version), isNull(users.disabledAt)),
    );
  return user
    ? { id: `user:${user.id}`, userId: user.id, name: user.name, role: user.role, ownerName: user.ownerName }
    : null;
}

/** Who makes this request, or null when nobody is signed in; asked once a page however many parts ask. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const jar = await cookies();
  for (const name of SESSION_COOKIES) {
    const token = jar.get(name)?.value;
    const actor = token ? await actorOfToken(token) : null;
    if (!actor) continue;
    recallWrite(actor, jar.get(LAST_WRITE_COOKIE)?.value);
    return actor;
  }
  return null;
});
