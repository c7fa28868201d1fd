import { asc } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { signOnGroups } from "@/db/schema/identities";
import { settings } from "@/db/schema/settings";
import type { UserRole } from "./roles";

export interface GroupRole {
  group: string;
  role: UserRole;
}

/** How people come in by single sign-on, as it stands. */
export interface SignOnRules {
  groupsClaim: string;
  /** In order: of several the first decides. */
  groups: GroupRole[];
  provisions: boolean;
  passwordsOff: boolean;
}

export async function signOnRules(db: Db): Promise<SignOnRules> {
  const [row] = await db
    .select({
      groupsClaim: settings.signOnGroupsClaim,
      provisions: settings.signOnProvisions,
      since: settings.passwordsOffSince,
    })
    .from(settings);
  const groups = await db
    .select({ group: signOnGroups.group, role: signOnGroups.role })
    .from(signOnGroups)
    .orderBy(asc(signOnGroups.place));
  const { groupsClaim, provisions, since } = row!;
  return { groupsClaim, provisions, groups, passwordsOff: since !== null };
}

/** Whether everybody comes by single sign-on alone (§9): a password that is right opens nothing then. */
export async function arePasswordsOff(db: Db): Promise<boolean> {
  const [row] = await db.select({ since: settings.passwordsOffSince }).from(settings);
  return row?.since != null;
}
