import { eq } from "drizzle-orm";
import { z } from "zod";
import { passkeys, users } from "@/db/schema/people";
import { assertionOptions } from "@/lib/auth/passkeys";
import { refuse } from "@/lib/errors";
import { aboutOf, SIGNED_VERBS } from "../in-person";
import { defineVerb } from "../verb";
import { newChallenge } from "./challenge";
import { mayKeepPasskeys } from "./guards";

export const beginSignature = defineVerb({
  name: "begin-signature",
  summary: "Ask one's passkey for a signature: over this document in one's own seat, once, within minutes",
  input: z.strictObject({
    verb: z.enum(SIGNED_VERBS),
    /** What will be sent to it, but the password or the passkey's answer. */
    input: z.record(z.string().max(40), z.string().max(400)),
  }),
  output: z.object({ options: z.looseObject({}) }),
  guard: mayKeepPasskeys,
  tellsOnce: true,
  async subject({ tx, actor }) {
    const [row] = await tx
      .select()
      .from(users)
      .where(eq(users.id, actor.userId ?? ""));
    return { userId: row?.id ?? "", demo: row?.demo ?? false };
  },
  async run({ tx, actor, audit }, { verb, input }, { userId }) {
    const has = await tx.select().from(passkeys).where(eq(passkeys.userId, userId));
    if (has.length === 0) refuse("", null, "you have no passkey: register one in your account");
    const about = await aboutOf(tx, actor, verb, input);
    const challenge = await newChallenge(tx, actor, "sign", about);
    const options = await assertionOptions(challenge, has);
    audit({
      subjectKind: "user",
      subjectId: userId,
      dealId: null,
      before: null,
      after: { asksFor: verb, about },
    });
    return { options: { ...options } };
  },
});
