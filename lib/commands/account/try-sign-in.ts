import { and, eq } from "drizzle-orm";
import { type Client, database } from "@/db/connection/client";
import { sessions, users } from "@/db/schema/people";
import { actorOfUser, STRANGER } from "@/lib/auth/actor";
import type { Whence } from "@/lib/auth/browser";
import { verifyPassword } from "@/lib/auth/password";
import { PASSWORD_MAX } from "@/lib/auth/password-rule";
import { arePasswordsOff } from "@/lib/auth/sign-on-rules";
import { type Counted, counted, countTry, forgiveTries } from "@/lib/auth/tries";
import { perform } from "../door";
import { refuseSignIn, type Why } from "./refuse-sign-in";
import { signIn } from "./sign-in";

export type Tried =
  | { is: "in"; userId: string; session: string }
  | { is: "refused" }
  /** Too many tries before this one. */
  | { is: "wait"; seconds: number };

interface Knock {
  email: string;
  password: string;
  whence: Whence;
}

/**
 * Checks an address and password, and begins a session. The same work for an unknown address, so that nobody learns
 * which was wrong. Tries are counted before the password is looked at: by where they come from, and by address, or,
 * from a browser in which this person has signed in before, by that browser, so that strangers cannot lock them out.
 *
 * @throws Refusal `unavailable` when too many knock at this moment
 */
export async function trySignIn(
  { email, password, whence }: Knock,
  client: Client = database(),
): Promise<Tried> {
  const address = email.trim().toLowerCase();
  const [user] = await client.db.select().from(users).where(eq(users.email, address));
  const isKnown = await hasSignedInFrom(client, user?.id, whence.browserId);
  const tries: Counted[] = [
    isKnown ? counted("browser", `${whence.browserId} ${user?.id}`) : counted("address", address),
    counted("origin", whence.origin),
  ];
  const { seconds, isFirst } = await countTry(client, tries);
  const note = (why: Why) =>
    perform(refuseSignIn, { userId: user?.id ?? null, why, whence }, { actor: STRANGER, client });
  if (seconds > 0) {
    // Once a window: strangers must not fill the log.
    if (isFirst) await note("too many tries");
    return { is: "wait", seconds };
  }
  const given = password.length > PASSWORD_MAX ? "" : password;
  const isRight = await verifyPassword(given, user?.passwordHash ?? null);
  if (!user) await note("unknown address");
  else if (user.passwordHash === null) await note("no password set yet");
  else if (!isRight) await note("wrong password");
  else if (user.disabledAt !== null) await note("switched off");
  else if (await arePasswordsOff(client.db)) await note("passwords are off");
  else {
    await forgiveTries(client, tries);
    const { answer } = await perform(signIn, { whence }, { actor: actorOfUser(user), client });
    return { is: "in", userId: user.id, session: answer.session };
  }
  return { is: "refused" };
}

async function hasSignedInFrom(
  { db }: Client,
  userId: string | undefined,
  browserId: string | null,
): Promise<boolean> {
  const found = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.browserId, browserId ?? ""), eq(sessions.userId, userId ?? "")))
    .limit(1);
  return found.length > 0;
}
