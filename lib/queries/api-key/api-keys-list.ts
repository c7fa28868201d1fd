import { desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { apiKeys } from "@/db/schema/api-keys";
import { users } from "@/db/schema/people";
import { KEY_SCOPES } from "@/lib/auth/key-scopes";
import { USER_ROLES } from "@/lib/auth/roles";
import { mayCreateApiKey, mayRevokeApiKey } from "@/lib/commands/api-key/guards";
import { maySay } from "@/lib/commands/guard";
import { defineQuery } from "../query";
import { mayShape, namedShape } from "../shapes";

const instant = z.iso.datetime().nullable();

/** One's own keys; an admin and an auditor see everybody's and the services'. None is told again. */
export const apiKeysList = defineQuery({
  name: "api-keys-list",
  summary:
    "Keys to the API: what each is for, until when, and when it was last used. One's own, an admin's all.",
  fresh: true,
  input: z.strictObject({}),
  output: z.object({
    /** Whether it is everybody's keys. */
    all: z.boolean(),
    keys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        /** How it begins. */
        hint: z.string(),
        /** Null of a service's key. */
        owner: namedShape.nullable(),
        /** What its owner is, or the service. */
        role: z.enum(USER_ROLES),
        scopes: z.array(z.enum(KEY_SCOPES)),
        createdAt: z.iso.datetime(),
        expiresAt: z.iso.datetime(),
        expired: z.boolean(),
        usedAt: instant,
        revokedAt: instant,
        may: z.object({ revoke: mayShape }),
      }),
    ),
    may: z.object({ makeOwn: mayShape, makeService: mayShape }),
  }),
  async run({ db, actor }) {
    const all = actor.role === "admin" || actor.role === "auditor";
    const rows = await db
      .select({ key: apiKeys, user: users, expired: sql<boolean>`${apiKeys.expiresAt} <= now()` })
      .from(apiKeys)
      .leftJoin(users, eq(users.id, apiKeys.userId))
      .where(all ? undefined : eq(apiKeys.userId, actor.userId ?? ""))
      .orderBy(sql`${apiKeys.revokedAt} is not null`, desc(apiKeys.createdAt), apiKeys.id);
    const keys = rows.map(({ key, user, expired }) => ({
      ...{ id: key.id, name: key.name, hint: key.hint, expired },
      owner: user && { id: user.id, name: user.name },
      role: user?.role ?? key.role!,
      scopes: key.scopes as (typeof KEY_SCOPES)[number][],
      createdAt: key.createdAt.toISOString(),
      expiresAt: key.expiresAt.toISOString(),
      usedAt: key.usedAt?.toISOString() ?? null,
      revokedAt: key.revokedAt?.toISOString() ?? null,
      may: {
        revoke: maySay(mayRevokeApiKey, actor, {
          ...{ name: key.name, userId: key.userId, revoked: key.revokedAt !== null },
        }),
      },
    }));
    const mayMake = (service: "auditor" | null) => maySay(mayCreateApiKey, actor, { service });
    return { all, keys, may: { makeOwn: mayMake(null), makeService: mayMake("auditor") } };
  },
});
