import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { database } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { connections } from "@/db/schema/connections";
import { openSecret } from "@/lib/auth/sealed-secrets";
import type { Heard } from "@/lib/connectors/hubspot/events";

/** The secret with which a connection's system signs what it tells of; null where it takes nothing, or is none. */
export async function signedBy(connectionId: string, client = database()): Promise<string | null> {
  const [found] = await client.db
    .select({ sealed: connections.sealed })
    .from(connections)
    .where(and(eq(connections.id, connectionId), eq(connections.system, "hubspot")));
  if (!found) return null;
  const secrets = JSON.parse(openSecret(found.sealed, `connection:${connectionId}`)) as Record<
    string,
    string
  >;
  return secrets.clientSecret || null;
}

/** Keeps what was heard until a turn has read it; the last word on a deal holds. */
export async function noteHeard(
  connectionId: string,
  heard: readonly Heard[],
  client = database(),
): Promise<void> {
  if (heard.length === 0) return;
  const who = { actor: `connection:${connectionId}`, request: randomUUID(), retry: true };
  await guardedTransaction(client, who, (tx) =>
    tx.execute(sql`
      insert into connection_hints (connection_id, key, is_gone)
      select ${connectionId}, key, is_gone from jsonb_to_recordset(${JSON.stringify(
        heard.map(({ key, isGone }) => ({ key, is_gone: isGone })),
      )}::text::jsonb) as h (key text, is_gone boolean)
      on conflict (connection_id, key) do update set is_gone = excluded.is_gone, at = now()`),
  );
}
