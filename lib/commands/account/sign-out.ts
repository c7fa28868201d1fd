import { and, eq, isNull } from "drizzle-orm";
import { type Client, database } from "@/db/connection/client";
import { sessions, users } from "@/db/schema/people";
import { actorOfUser } from "@/lib/auth/actor";
import { perform } from "../door";
import { endSessions } from "./end-sessions";

/**
 * Ends a session here, whatever its browser keeps; one that has ended already is left as it is.
 *
 * @returns by which way it had been come in; null for one that was over
 */
export async function signOutOf(userId: string, session: string, client: Client = database()) {
  const [found] = await client.db
    .select({ user: users, way: sessions.way })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, session), eq(users.id, userId), isNull(sessions.endedAt)));
  if (!found) return null;
  const actor = { ...actorOfUser(found.user), sessionId: session };
  await perform(endSessions, { sessions: [session] }, { actor, client });
  return found.way;
}
