import { and, eq, ne } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { sessions, users } from "@/db/schema/people";

/**
 * Whether a password that is set in this browser is its owner's alone. Where an admin has signed in before, whoever
 * made the link may sit there: the password opens the door, and counts for no signature (§9).
 */
export async function isOwnBrowser(db: Db, userId: string, browserId: string | null): Promise<boolean> {
  if (browserId === null) return true;
  const [admin] = await db
    .select({ id: users.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.browserId, browserId), ne(sessions.userId, userId), eq(users.role, "admin")))
    .limit(1);
  return admin === undefined;
}
