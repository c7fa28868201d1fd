import { parseArgs } from "node:util";
import { eq } from "drizzle-orm";
import { type Client, closeDatabases, database } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import { openDatabase } from "@/db/server/open";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";
import { arePasswordsOff } from "@/lib/auth/sign-on-rules";
import { createUser } from "@/lib/commands/company/create-user";
import { editUser } from "@/lib/commands/company/edit-user";
import { perform } from "@/lib/commands/door";
import { editSignOn } from "@/lib/commands/sign-on/edit-sign-on";
import { refuse } from "@/lib/errors";
import { linkAt, WORKS_ONCE } from "./first-link";
import { endRefused } from "./misuse";

/**
 * `npm run -s admin -- MAIL [--name NAME]`: for when nobody can get in. Makes an admin, or switches one on again, and
 * prints a link by which they set their own password; where passwords let nobody in any more, they do again. Exit
 * status 2 when it was called wrongly.
 */
const USAGE = "npm run -s admin -- MAIL [--name NAME]";

/** Where the app is as far as this command can know; the link's path holds anywhere. */
const ADDRESS = process.env.NEXTAUTH_URL || `http://localhost:${process.env.PORT || 3000}`;

/** A single sign-on that lets nobody in must not be the only way: whoever runs this cannot get in. */
async function letPasswordsIn(client: Client): Promise<void> {
  if (!(await arePasswordsOff(client.db))) return;
  await perform(editSignOn, { changes: { passwordsOff: false } }, { actor: COMMAND_LINE, client });
  console.error("Passwords let people in again; an admin may switch that off in Settings, Single sign-on.");
}

async function letIn(client: Client, mail: string, name: string): Promise<string> {
  const email = mail.trim().toLowerCase();
  const [known] = await client.db.select().from(users).where(eq(users.email, email));
  if (!known) {
    const person = { email, name, role: "admin" };
    return (await perform(createUser, person, { actor: COMMAND_LINE, client })).answer.userId;
  }
  if (known.role !== "admin") {
    const rule = `is ${known.name}, ${USER_ROLE_NAMES[known.role]}: an admin changes roles; give another address to make one`;
    return refuse("MAIL", email, rule);
  }
  if (known.disabledAt) {
    const on = { userId: known.id, changes: { disabled: false } };
    await perform(editUser, on, { actor: COMMAND_LINE, client });
  }
  return known.id;
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { name: { type: "string", default: "Administrator" } },
  });
  const [mail, ...more] = positionals;
  if (!mail || more.length > 0) refuse("arguments", null, "name one mail address");
  const opened = await openDatabase();
  try {
    const client = database();
    await letPasswordsIn(client);
    const link = await linkAt(client, ADDRESS, await letIn(client, mail as string, values.name));
    console.log(link);
    console.error(WORKS_ONCE);
  } finally {
    await closeDatabases();
    await opened.close();
  }
} catch (error) {
  endRefused(error, USAGE);
}
