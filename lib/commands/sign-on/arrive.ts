import { eq } from "drizzle-orm";
import { type Client, database } from "@/db/connection/client";
import { identities } from "@/db/schema/identities";
import { users } from "@/db/schema/people";
import { actorOfUser, STRANGER, THE_HOUSE } from "@/lib/auth/actor";
import type { Whence } from "@/lib/auth/browser";
import { tokenHash } from "@/lib/auth/links";
import type { UserRole } from "@/lib/auth/roles";
import { type SignOnRules, signOnRules } from "@/lib/auth/sign-on-rules";
import { type Claims, groupsIn } from "@/lib/auth/single-sign-on";
import { countTry } from "@/lib/auth/tries";
import { isRefusal } from "@/lib/errors";
import type { SignOnRefusal } from "@/lib/text/sign-on-words";
import { refuseSignIn, type Why } from "../account/refuse-sign-in";
import { signIn } from "../account/sign-in";
import { editUser } from "../company/edit-user";
import { perform } from "../door";
import { isIdentity } from "./load";
import { noteIdentity } from "./note-identity";
import { provisionPerson } from "./provision-person";

export type Arrived =
  | { is: "in"; userId: string; session: string }
  | { is: "refused"; because: SignOnRefusal };

/** Refusals from one place that are noted within ten minutes: who knocks without end fills no log. */
const NOTED = 30;

/** In the log, and to whoever came. */
const REFUSED: Readonly<Record<Exclude<SignOnRefusal, "taken">, Why>> = {
  failed: "single sign-on failed",
  unverified: "mail not verified",
  unknown: "belongs to nobody here",
  off: "switched off",
  no_role: "no role for their groups",
};

/**
 * Lets somebody in whom the identity provider has proven: by issuer and subject alone, never by their address (§9). The
 * role is what their groups say where groups have roles here; who belongs to nobody is let in as the rules say, or noted
 * for an admin. Every sign-in and every refusal is in the log.
 */
export async function arrive(claims: Claims, whence: Whence, client: Client = database()): Promise<Arrived> {
  const rules = await signOnRules(client.db);
  const role = roleOf(claims, rules);
  const known = await personOf(claims, client);
  const no = (because: keyof typeof REFUSED) =>
    refused(because, { whence, userId: known?.id ?? null, subject: claims.sub }, client);
  if (claims.email === undefined || claims.email_verified !== true) return no("unverified");
  const told = { email: claims.email, name: nameOf(claims) };
  if (!known) {
    const userId = rules.provisions && role ? await provisioned({ claims, told, role }, client) : null;
    if (userId) return entered(userId, whence, client);
    await perform(noteIdentity, { ...identityOf(claims), ...told }, { actor: STRANGER, client });
    return no("unknown");
  }
  if (known.disabledAt !== null) return no("off");
  if (rules.groups.length > 0) {
    if (!role) return no("no_role");
    if (role !== known.role) await follow(known.id, role, client);
  }
  return entered(known.id, whence, client);
}

const identityOf = ({ iss, sub }: Claims) => ({ issuer: iss, subject: sub });
/** As the provider calls them; their address where it does not. */
export const nameOf = ({ name, email, sub }: Claims): string => (name?.trim() || email || sub).slice(0, 200);

const roleOf = (claims: Claims, { groups, groupsClaim }: SignOnRules): UserRole | null => {
  const theirs = groupsIn(claims, groupsClaim);
  return groups.find(({ group }) => theirs.includes(group))?.role ?? null;
};

async function personOf(claims: Claims, { db }: Client) {
  const [found] = await db
    .select({ user: users })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(isIdentity(identityOf(claims)));
  return found?.user ?? null;
}

/** Null where somebody has that address already: whether they are the same an admin says. */
async function provisioned(
  { claims, told, role }: { claims: Claims; told: { email: string; name: string }; role: UserRole },
  client: Client,
): Promise<string | null> {
  const input = { ...identityOf(claims), ...told, role };
  try {
    return (await perform(provisionPerson, input, { actor: THE_HOUSE, client })).answer.userId;
  } catch (error) {
    if (isRefusal(error) && error.field === "email") return null;
    throw error;
  }
}

/** The last admin stays one, whatever their groups say: somebody must be able to get in and put it right. */
async function follow(userId: string, role: UserRole, client: Client): Promise<void> {
  try {
    await perform(editUser, { userId, changes: { role } }, { actor: THE_HOUSE, client });
  } catch (error) {
    if (!isRefusal(error) || !error.rule.includes("is the last admin")) throw error;
  }
}

async function entered(userId: string, whence: Whence, client: Client): Promise<Arrived> {
  const [user] = await client.db.select().from(users).where(eq(users.id, userId));
  const input = { whence, way: "single_sign_on" };
  const { answer } = await perform(signIn, input, { actor: actorOfUser(user!), client });
  return { is: "in", userId, session: answer.session };
}

/**
 * Counts a state as used: the browser's own is good for nine minutes, and opens once, in whatever process. False for
 * one that came before.
 */
export async function isFirstUse(state: string, client: Client = database()): Promise<boolean> {
  const { seconds } = await countTry(client, [{ key: `state:${tokenHash(state)}`, most: 1 }]);
  return seconds === 0;
}

/** Notes that somebody was not let in, and what they read of it. */
export async function refused(
  because: keyof typeof REFUSED,
  about: { whence: Whence; userId?: string | null; said?: string; subject?: string },
  client: Client = database(),
): Promise<Arrived> {
  const { seconds } = await countTry(client, [{ key: `sign-on:${about.whence.origin}`, most: NOTED }]);
  if (seconds === 0) {
    const { userId = null, ...rest } = about;
    await perform(refuseSignIn, { userId, why: REFUSED[because], ...rest }, { actor: STRANGER, client });
  }
  return { is: "refused", because };
}
