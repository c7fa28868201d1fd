import { eq } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import { actorOfUser, COMMAND_LINE } from "@/lib/auth/actor";
import { perform } from "../door";
import { issueLink } from "./issue-link";
import { setPassword } from "./set-password";

/**
 * Makes a link and has the person use it at once, as they would: for the demo story, whose people have passwords that
 * everybody can read, and for scenes of tests.
 */
export async function setFirstPassword(
  client: Client,
  userId: string,
  password: string,
  { demo = false } = {},
): Promise<void> {
  const { answer } = await perform(issueLink, { userId }, { actor: COMMAND_LINE, client });
  const [person] = await client.db.select().from(users).where(eq(users.id, userId));
  const whence = { browserId: null, browser: "Command line", origin: "here" };
  await perform(
    setPassword,
    { token: answer.token, password, whence },
    { actor: actorOfUser(person!), client, demo },
  );
}
