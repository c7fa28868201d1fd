import { eq } from "drizzle-orm";
import { z } from "zod";
import { passkeys, sessions, users } from "@/db/schema/people";
import { challengeIn, newPasskey, registrationShape } from "@/lib/auth/passkeys";
import { isOwnBrowser } from "../account/own-browser";
import * as field from "../input";
import { defineVerb } from "../verb";
import { spendChallenge } from "./challenge";
import { mayKeepPasskeys } from "./guards";

export const registerPasskey = defineVerb({
  name: "register-passkey",
  summary:
    "Register the passkey that a browser made; in one in which an admin signed in it counts for no signature",
  input: z.strictObject({ name: field.line(100), response: registrationShape }),
  output: z.object({ signs: z.boolean() }),
  guard: mayKeepPasskeys,
  async prepare({ client, actor }, { response }) {
    const challenge = challengeIn(response);
    await spendChallenge(client, actor, { challenge, purpose: "register", about: null });
    return newPasskey(response, challenge);
  },
  async subject({ tx, actor }) {
    const [row] = await tx
      .select()
      .from(users)
      .where(eq(users.id, actor.userId ?? ""))
      .for("update");
    return { userId: row?.id ?? "", demo: row?.demo ?? false };
  },
  async run({ tx, actor, audit }, { name }, { userId }, made) {
    const [session] = await tx
      .select()
      .from(sessions)
      .where(eq(sessions.id, actor.sessionId ?? ""));
    const own = await isOwnBrowser(tx, userId, session?.browserId ?? null);
    await tx.insert(passkeys).values({ ...made, userId, name, own });
    if (own) await tx.update(users).set({ passkeyOwn: true }).where(eq(users.id, userId));
    const after = { name, passkey: made.id, own };
    audit({ subjectKind: "user", subjectId: userId, dealId: null, before: null, after });
    return { signs: own };
  },
});
