import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { connect } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import { authSecret } from "@/db/server/secrets";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { createUser } from "@/lib/commands/company/create-user";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { perform } from "@/lib/commands/door";
import { serverZone } from "@/lib/commands/today";

/** Whom the first start lets in, so that somebody can let in the others. */
export const FIRST_ADMIN = { email: "admin@countersign.local", name: "Administrator" };

export interface FirstRun {
  authSecret: string;
  /** Only from the start that created it: the password is kept nowhere, so whoever started it must see it. */
  adminCreated?: { email: string; password: string };
}

/**
 * What every start makes sure of: a secret that sessions are signed with (db/server/secrets.ts), and an admin
 * in a database that has no user yet, with a generated password, which is said once on the console. Its
 * company lives in this server's time zone until somebody says another.
 *
 * @param url address of the migrated database
 * @throws Error when the given secret is weak
 */
export async function firstRun(
  url: string,
  say: (line: string) => void = (line) => console.log(line),
): Promise<FirstRun> {
  const secret = authSecret();
  const client = connect(url, { max: 1 });
  try {
    const [counted] = await client.db.select({ people: sql<number>`count(*)::int` }).from(users);
    if (counted && counted.people > 0) return { authSecret: secret };
    await perform(editSettings, { timeZone: serverZone() }, { actor: COMMAND_LINE, client });
    const password = randomBytes(15).toString("base64url");
    await perform(createUser, { ...FIRST_ADMIN, role: "admin", password }, { actor: COMMAND_LINE, client });
    say(
      `\nDays are counted in ${serverZone()}, this server's time zone, until Settings, Company says another.`,
    );
    say(`First sign-in (change it, or make your own admin): ${FIRST_ADMIN.email}  ${password}\n`);
    return { authSecret: secret, adminCreated: { email: FIRST_ADMIN.email, password } };
  } finally {
    await client.close();
  }
}
