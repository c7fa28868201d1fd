import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { type Client, database } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { connections } from "@/db/schema/connections";
import { openSecret } from "@/lib/auth/sealed-secrets";
import type { Heard } from "@/lib/connectors/hubspot/events";
import type { HeardMessage } from "@/lib/connectors/source";
import type { ConnectionSystem } from "@/lib/interchange/connection";

/** By what a connection's system signs what it tells of. */
const SIGNS: Readonly<Partial<Record<ConnectionSystem, string>>> = {
  hubspot: "clientSecret",
  prm: "signingSecret",
};

/** The system of a connection and the secret with which it signs what it tells of; null where it takes nothing, or is none. */
export async function signedBy(
  connectionId: string,
  client = database(),
): Promise<{ system: ConnectionSystem; secret: string } | null> {
  const [found] = await client.db
    .select({ system: connections.system, sealed: connections.sealed })
    .from(connections)
    .where(eq(connections.id, connectionId));
  const name = found && SIGNS[found.system];
  if (!name) return null;
  const secrets = JSON.parse(openSecret(found.sealed, `connection:${connectionId}`)) as Record<
    string,
    string
  >;
  return secrets[name] ? { system: found.system, secret: secrets[name] } : null;
}

const who = (connectionId: string) => ({
  ...{ actor: `connection:${connectionId}`, request: randomUUID(), retry: true },
});

/** Keeps what was heard until a turn has read it; the last word on a deal holds. */
export async function noteHeard(
  connectionId: string,
  heard: readonly Heard[],
  client = database(),
): Promise<void> {
  if (heard.length === 0) return;
  await guardedTransaction(client, who(connectionId), (tx) =>
    tx.execute(sql`
      insert into connection_hints (connection_id, key, is_gone)
      select ${connectionId}, key, is_gone from jsonb_to_recordset(${JSON.stringify(
        heard.map(({ key, isGone }) => ({ key, is_gone: isGone })),
      )}::text::jsonb) as h (key text, is_gone boolean)
      on conflict (connection_id, key) do update set is_gone = excluded.is_gone, at = now()`),
  );
}

/**
 * Keeps a message as it came; one that was told before is kept once. The connection reads it at once where it is on,
 * and is tested by the first.
 */
export async function keepMessage(
  connectionId: string,
  { id, body }: { id: string; body: unknown },
  client = database(),
): Promise<void> {
  await guardedTransaction(client, who(connectionId), async (tx) => {
    // One after the other: whoever reads up to a place has read all before it.
    await tx.execute(sql`
      update connections set due_at = least(due_at, now()),
        asked = case when looked is null then coalesce(asked, 'test') else asked end
      where id = ${connectionId}`);
    await tx.execute(sql`
      insert into connection_messages (connection_id, message_id, body)
      values (${connectionId}, ${id}, ${JSON.stringify(body)}::text::jsonb)
      on conflict (connection_id, message_id) do nothing`);
  });
}

/** Kept messages in order: those after a place, or the last ones (`Opening.heard`). */
export async function heardOf(
  { db }: Client,
  connectionId: string,
  after: number | null,
  most: number,
): Promise<HeardMessage[]> {
  const rows = await db.execute<HeardMessage & Record<string, unknown>>(sql`
    select seq::int as seq, message_id as id, body, at::text as at from connection_messages
    where connection_id = ${connectionId} and seq > ${after ?? 0}
    order by seq ${after === null ? sql`desc` : sql`asc`} limit ${most}`);
  const found = [...rows].map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
  return after === null ? found.reverse() : found;
}
