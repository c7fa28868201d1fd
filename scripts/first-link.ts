import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { LINK_HOURS } from "@/lib/auth/links";
import { issueLink } from "@/lib/commands/account/issue-link";
import { perform } from "@/lib/commands/door";
import { setPasswordPath } from "@/lib/text/addresses";

/** A new link by which a person sets their password, at the address where the app is. */
export async function linkAt(client: Client, address: string, userId: string): Promise<string> {
  const { answer } = await perform(issueLink, { userId }, { actor: COMMAND_LINE, client });
  return `${address.replace(/\/$/, "")}${setPasswordPath(answer.token)}`;
}

/** While no admin has a password that opens: a new link for the first of them, and whose. Else null. */
export async function firstLink(
  client: Client,
  address: string,
): Promise<{ email: string; link: string } | null> {
  const admin = and(eq(users.role, "admin"), isNull(users.disabledAt), eq(users.demo, false));
  const isReady = and(admin, isNotNull(users.passwordHash));
  const [ready] = await client.db.select({ id: users.id }).from(users).where(isReady).limit(1);
  if (ready) return null;
  const [first] = await client.db.select().from(users).where(admin).orderBy(asc(users.createdAt)).limit(1);
  return first ? { email: first.email, link: await linkAt(client, address, first.id) } : null;
}

export const WORKS_ONCE = `It works once and for ${LINK_HOURS} hours; whoever has it can set the password.`;
