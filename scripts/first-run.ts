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
const FIRST_ADMIN = { email: "admin@countersign.local", name: "Administrator", role: "admin" };

export interface FirstRun {
  authSecret: string;
  /** Whether this start made the first admin; they set their password by the link that the start prints. */
  adminCreated: boolean;
}

/**
 * What every start makes sure of: a secret that sessions are signed with (db/server/secrets.ts), and an admin
 * in a database that has no user yet, without a password (first-link.ts). Its company lives in this server's time
 * zone until somebody says another.
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
    const isFirst = counted?.people === 0;
    if (isFirst) {
      await perform(editSettings, { timeZone: serverZone() }, { actor: COMMAND_LINE, client });
      await perform(createUser, FIRST_ADMIN, { actor: COMMAND_LINE, client });
      say(
        `\nDays are counted in ${serverZone()}, this server's time zone, until Settings, Company says another.`,
      );
    }
    return { authSecret: secret, adminCreated: isFirst };
  } finally {
    await client.close();
  }
}
