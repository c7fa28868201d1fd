import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { type Client, database } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import { actorOfUser } from "@/lib/auth/actor";
import { authSecret } from "@/lib/auth/secret";
import { signIn } from "@/lib/commands/account/sign-in";
import { perform } from "@/lib/commands/door";

export const WHENCE = { browserId: null, browser: "Firefox on Linux", origin: "192.0.2.7" };

/** The token of a session that a person has just begun, as their browser keeps it. */
export async function tokenOf(userId: string, client: Client = database()): Promise<string> {
  const [user] = await client.db.select().from(users).where(eq(users.id, userId));
  const { answer } = await perform(signIn, { whence: WHENCE }, { actor: actorOfUser(user!), client });
  return encode({ token: { sub: userId, session: answer.session }, secret: authSecret() });
}
