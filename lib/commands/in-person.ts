import { eq } from "drizzle-orm";
import { users } from "@/db/schema/people";
import { FailedAttempts } from "@/lib/auth/attempts";
import { verifyPassword } from "@/lib/auth/password";
import { refuse } from "@/lib/errors";
import type { WriteContext } from "./verb";

/** Wrong passwords by person: a session that was left open is no way to guess its owner's. */
const attempts = new FailedAttempts();

/**
 * Asks again who is there, before what cannot be taken back: refuses a password that is not the actor's own.
 *
 * @param to what it is for, `to sign`
 */
export async function mustBeInPerson(
  { tx, actor }: WriteContext,
  password: string,
  to: string,
): Promise<void> {
  const userId = actor.userId ?? "";
  if (attempts.mustWait(userId)) {
    refuse("password", null, "was wrong too often: wait ten minutes, or ask an admin for a new one");
  }
  const [person] = await tx
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, userId));
  if (!(await verifyPassword(password, person?.passwordHash ?? null))) {
    attempts.failed(userId);
    refuse("password", null, `is not yours: enter your own password ${to}`);
  }
  attempts.succeeded(userId);
}
