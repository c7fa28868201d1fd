import { sql } from "drizzle-orm";
import { z } from "zod";
import { apiKeys } from "@/db/schema/api-keys";
import { KEY_HINT, keyHash, newKey } from "@/lib/auth/api-key";
import { KEY_SCOPES, SERVICE_SCOPES } from "@/lib/auth/key-scopes";
import { scopeOf } from "@/lib/auth/permissions";
import { USER_ROLE_NAMES, USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { refuse } from "@/lib/errors";
import { mustBeThere } from "../in-person";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayCreateApiKey, type OfNewKey } from "./guards";

export const createApiKey = defineVerb({
  name: "create-api-key",
  summary:
    "Make a key to the API, which is its owner's hand or a service's; it is told here and never again. Asks for one's password, or for a sign-in of the last minutes where one has none",
  input: z.strictObject({
    name: field.line(100),
    scopes: z
      .array(z.enum(KEY_SCOPES, { error: `must be one of ${KEY_SCOPES.join(", ")}` }))
      .min(1, "must name what the key is for")
      .transform((scopes) => [...new Set(scopes)]),
    /** For how many days it works. */
    days: z
      .int("must be a whole number of days")
      .min(1, "works for a day at least")
      .max(366, "works for 366 days at most")
      .default(90),
    /** The role of a service, which reads and brings evidence; null for a key that is one's own hand. */
    service: z.enum(USER_ROLES, { error: "must be a role" }).nullable().default(null),
    password: z.string({ error: "must be text" }).max(200).optional(),
  }),
  output: z.object({ keyId: z.string(), key: z.string(), expiresAt: z.iso.datetime() }),
  guard: mayCreateApiKey,
  tellsOnce: true,
  prepare: (context, { password }) => mustBeThere(context, password, "to make a key"),
  subject: async (_, { service }): Promise<OfNewKey> => ({ service }),
  async run({ tx, actor, audit }, { name, scopes, days, service }) {
    if (service !== null) mustSuitService(service, scopes);
    const userId =
      service === null ? (actor.userId ?? refuse("", null, "a person makes it, signed in")) : null;
    const [id, key] = [newId("AK"), newKey()];
    const [row] = await tx
      .insert(apiKeys)
      .values({
        ...{ id, name, userId, scopes, role: service, createdBy: actor.id },
        ...{ keyHash: keyHash(key), hint: key.slice(0, KEY_HINT) },
        expiresAt: sql`now() + make_interval(days => ${days})`,
      })
      .returning();
    const expiresAt = row!.expiresAt.toISOString();
    const after = { name, owner: userId ?? "service", role: service, scopes, expiresAt };
    audit({ subjectKind: "api_key", subjectId: id, dealId: null, before: null, after });
    return { keyId: id, key, expiresAt };
  },
});

/** Nobody answers for what a service would write; what it may hand in, its role must hold. */
function mustSuitService(service: UserRole, scopes: readonly string[]): void {
  const allowed: readonly string[] = SERVICE_SCOPES;
  const beyond = scopes.find((scope) => !allowed.includes(scope));
  if (beyond)
    refuse(
      "scopes",
      beyond,
      "a service reads, asks the gate or hands in evidence: what is written is somebody's",
    );
  if (scopes.includes("evidence") && !scopeOf("evidence.keep", service))
    refuse("service", service, `${USER_ROLE_NAMES[service]} may not hand in evidence`);
}
