import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { apiKeys } from "@/db/schema/api-keys";
import { Refusal } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayRevokeApiKey } from "./guards";

export const revokeApiKey = defineVerb({
  name: "revoke-api-key",
  summary: "End a key to the API: from the next request on it opens nothing",
  input: z.strictObject({ keyId: field.id }),
  output: z.object({ keyId: z.string() }),
  guard: mayRevokeApiKey,
  async subject({ tx }, { keyId }) {
    const [row] = await tx.select().from(apiKeys).where(eq(apiKeys.id, keyId)).for("update");
    if (!row)
      throw new Refusal({
        ...{ code: "not_found", field: "keyId", value: keyId },
        rule: "there is no key with this id",
      });
    return { name: row.name, userId: row.userId, revoked: row.revokedAt !== null };
  },
  async run({ tx, audit }, { keyId }, { name }) {
    await tx.update(apiKeys).set({ revokedAt: sql`now()` }).where(eq(apiKeys.id, keyId));
    audit({
      ...{ subjectKind: "api_key", subjectId: keyId, dealId: null },
      ...{ before: { name, revoked: false }, after: { name, revoked: true } },
    });
    return { keyId };
  },
});
