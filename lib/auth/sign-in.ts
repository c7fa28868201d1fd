import { eq } from "drizzle-orm";
import { type Db, database } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import { FailedAttempts } from "./attempts";
import { verifyPassword } from "./password";

/** What a session's token holds: who, and which version of their access. Nothing else is trusted from it. */
export interface SignedIn {
  id: string;
  version: number;
}

const attempts = new FailedAttempts();

/**
 * Checks an address and password. Null for any failure, and after the same work for an unknown address,
 * so that nobody learns which was wrong; a person who was switched off does not sign in.
 */
export async function signIn(
  email: string,
  password: string,
  db: Db = database().db,
  failed: FailedAttempts = attempts,
): Promise<SignedIn | null> {
  const address = email.trim().toLowerCase();
  if (failed.mustWait(address) || password.length > 200) return null;
  const [user] = await db.select().from(users).where(eq(users.email, address));
  const right = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !right || user.disabledAt !== null) {
    failed.failed(address);
    return null;
  }
  failed.succeeded(address);
  return { id: user.id, version: user.sessionVersion };
}
