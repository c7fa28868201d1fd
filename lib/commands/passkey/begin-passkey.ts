import { eq } from "drizzle-orm";
import { z } from "zod";
import { passkeys, sessions, users } from "@/db/schema/people";
import { registrationOptions } from "@/lib/auth/passkeys";
import { refuse } from "@/lib/errors";
import { mustKnowPassword } from "../in-person";
import { defineVerb, type PrepareContext } from "../verb";
import { newChallenge } from "./challenge";
import { mayKeepPasskeys } from "./guards";

/** How fresh a sign-in must be where there is no password to ask for. */
const FRESH_MS = 10 * 60_000;

export const beginPasskey = defineVerb({
  name: "begin-passkey",
  summary:
    "Begin to register a passkey to sign with: asks for one's password, or for a sign-in of the last minutes where one has none",
  input: z.strictObject({ password: z.string().max(200).optional() }),
  output: z.object({ options: z.looseObject({}) }),
  guard: mayKeepPasskeys,
  tellsOnce: true,
  prepare: (context, { password }) => mustBeWhoTheySay(context, password),
  async subject({ tx, actor }) {
    const [row] = await tx
      .select()
      .from(users)
      .where(eq(users.id, actor.userId ?? ""));
    return { userId: row?.id ?? "", demo: row?.demo ?? false, row: row! };
  },
  async run({ tx, actor, audit }, _, { userId, row }) {
    const has = await tx.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.userId, userId));
    const challenge = await newChallenge(tx, actor, "register");
    const options = await registrationOptions(challenge, row, has);
    audit({
      subjectKind: "user",
      subjectId: userId,
      dealId: null,
      before: null,
      after: { passkeys: has.length },
    });
    return { options: { ...options } };
  },
});

/** A session that was left open makes no passkey of its owner's. */
async function mustBeWhoTheySay(context: PrepareContext, password: string | undefined): Promise<void> {
  const { client, actor } = context;
  const [person] = await client.db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, actor.userId ?? ""));
  if (person?.passwordHash) return mustKnowPassword(context, password ?? "", "to register a passkey");
  const [session] = await client.db
    .select()
    .from(sessions)
    .where(eq(sessions.id, actor.sessionId ?? ""));
  if (!session || Date.now() - session.createdAt.getTime() > FRESH_MS)
    refuse(
      "",
      null,
      "you have no password to ask for: sign in anew by single sign-on, then register it within ten minutes",
    );
}
