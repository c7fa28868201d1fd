import { createHash, randomBytes, randomUUID } from "node:crypto";
import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { type Client, database } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { apiKeys } from "@/db/schema/api-keys";
import { users } from "@/db/schema/people";
import { type Actor, actorOfUser } from "./actor";
import type { KeyScope } from "./key-scopes";

/** How every key begins, by which a scanner for secrets finds one that lies about. */
const KEY_START = "csk_";
/** So many signs of a key are kept to know it again by: 36 bits of 256. */
export const KEY_HINT = KEY_START.length + 6;
/** How old the note of a key's last use may get: a write a request would be too many. */
const NOTED_MS = 60_000;

/** A key: 256 random bits. It is told once and kept nowhere. */
export const newKey = (): string => KEY_START + randomBytes(32).toString("base64url");

/** What is kept of a key. It is random enough that no slow hash is needed. */
export const keyHash = (key: string): string => createHash("sha256").update(key).digest("hex");

/** The key that a request shows as `Authorization: Bearer csk_…`; null where it shows none. */
export function shownKey({ headers }: Pick<Request, "headers">): string | null {
  const [, given] = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
  return given?.startsWith(KEY_START) ? given : null;
}

/** Of a key's row: neither revoked nor over. */
const isLive: SQL = sql`(${apiKeys.revokedAt} is null and ${apiKeys.expiresAt} > now())`;

/**
 * Who asks by a key, or null when it opens nothing (any more): its owner, as they are now, or the service that it was
 * made for. What is written under it is its owner's own hand, for two hands as for the log.
 */
export async function actorOfKey(key: string, client: Client = database()): Promise<Actor | null> {
  const [found] = await client.db
    .select({ key: apiKeys, user: users })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.userId))
    .where(
      and(
        eq(apiKeys.keyHash, keyHash(key)),
        isLive,
        or(isNull(apiKeys.userId), and(eq(users.id, apiKeys.userId), isNull(users.disabledAt))),
      ),
    );
  if (!found) return null;
  const { id, name, role, usedAt } = found.key;
  const used = { id, name, scopes: found.key.scopes as KeyScope[] };
  if (Date.now() - (usedAt?.getTime() ?? 0) > NOTED_MS) void noteUse(client, id);
  if (found.user) return { ...actorOfUser(found.user), key: used };
  return { id: `service:${id}`, userId: null, name, role: role!, ownerName: null, key: used };
}

/** Notes that a key is in use. Nobody waits for it, and one that fails is made up for by the next. */
async function noteUse(client: Client, id: string): Promise<void> {
  const context = { actor: `key:${id}`, request: randomUUID() };
  await guardedTransaction(client, context, (tx) =>
    tx
      .update(apiKeys)
      .set({ usedAt: sql`now()` })
      .where(and(eq(apiKeys.id, id), isLive)),
  ).catch(() => {});
}
