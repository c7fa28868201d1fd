import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { passkeys, users } from "@/db/schema/people";
import { Refusal } from "@/lib/errors";
import { defineVerb } from "../verb";
import { mayRemovePasskey } from "./guards";

export const removePasskey = defineVerb({
  name: "remove-passkey",
  summary: "Take a passkey away: one's own, or, for an admin, one that somebody lost",
  input: z.strictObject({ passkeyId: z.string().min(1).max(1_400) }),
  output: z.object({}),
  guard: mayRemovePasskey,
  async subject({ tx }, { passkeyId }) {
    const [row] = await tx.select().from(passkeys).where(eq(passkeys.id, passkeyId)).for("update");
    if (row) return row;
    throw new Refusal({
      code: "not_found",
      field: "passkeyId",
      value: passkeyId,
      rule: "there is no such passkey",
    });
  },
  async run({ tx, audit }, { passkeyId }, { userId, name, own }) {
    await tx.delete(passkeys).where(eq(passkeys.id, passkeyId));
    const left = await tx
      .select({ id: passkeys.id })
      .from(passkeys)
      .where(and(eq(passkeys.userId, userId), eq(passkeys.own, true)));
    await tx
      .update(users)
      .set({ passkeyOwn: left.length > 0 })
      .where(eq(users.id, userId));
    const before = { name, passkey: passkeyId, own };
    audit({ subjectKind: "user", subjectId: userId, dealId: null, before, after: null });
    return {};
  },
});
