import { eq } from "drizzle-orm";
import { users } from "@/db/schema/people";
import { verifyPassword } from "@/lib/auth/password";
import { counted, countTry, forgiveTries } from "@/lib/auth/tries";
import { refuse } from "@/lib/errors";
import { inMinutes } from "@/lib/text/words";
import type { PrepareContext } from "./verb";

/**
 * Asks again who is there, before what cannot be taken back: refuses a password that is not the actor's own. For a
 * verb's `prepare`: a session that was left open is no way to guess its owner's password, so tries are counted
 * whatever becomes of the write, and no lock is held while the hash is made.
 *
 * @param to what it is for, `to sign`
 */
export async function mustBeInPerson(
  { client, actor }: Pick<PrepareContext, "client" | "actor">,
  password: string,
  to: string,
): Promise<void> {
  const userId = actor.userId ?? "";
  const tries = [counted("person", userId)];
  const { seconds } = await countTry(client, tries);
  if (seconds > 0) refuse("password", null, `was wrong too often: wait ${inMinutes(seconds)}`);
  const [person] = await client.db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, userId));
  if (!(await verifyPassword(password, person?.passwordHash ?? null)))
    refuse("password", null, `is not yours: enter your own password ${to}`);
  await forgiveTries(client, tries);
}
