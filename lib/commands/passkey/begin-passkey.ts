import { eq } from "drizzle-orm";
import { z } from "zod";
import { passkeys, users } from "@/db/schema/people";
import { registrationOptions } from "@/lib/auth/passkeys";
import { mustBeThere } from "../in-person";
import { defineVerb } from "../verb";
import { newChallenge } from "./challenge";
import { mayKeepPasskeys } from "./guards";

export const beginPasskey = defineVerb({
  name: "begin-passkey",
  summary:
    "Begin to register a passkey to sign with: asks for one's password, or for a sign-in of the last minutes where one has none",
  input: z.strictObject({ password: z.string().max(200).optional() }),
  output: z.object({ options: z.looseObject({}) }),
  guard: mayKeepPasskeys,
  tellsOnce: true,
  prepare: (context, { password }) => mustBeThere(context, password, "to register a passkey"),
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
