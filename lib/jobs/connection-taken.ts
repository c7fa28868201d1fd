import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { isSealedByFormer, openSecret, sealSecret } from "@/lib/auth/sealed-secrets";
import { companyZone } from "@/lib/commands/today";
import { openSource } from "@/lib/connectors/open-source";
import type { Source } from "@/lib/connectors/source";
import type { ConnectionAsk, ConnectionSettings, ConnectionSystem } from "@/lib/interchange/connection";
import { heardOf } from "./heard";

/** A connection that this process reads, as long as it holds it. */
export interface Taken extends Record<string, unknown> {
  id: string;
  system: ConnectionSystem;
  name: string;
  address: string;
  sealed: string;
  settings: ConnectionSettings;
  asked: ConnectionAsk | null;
  everyMinutes: number;
}

/** How long who takes one holds it: longer than any page takes. Each page that landed holds it anew. */
const HELD_MS = 300_000;

/** As whom the connection writes what it brings. */
export const connectionActor = ({ id, name }: Pick<Taken, "id" | "name">): Actor => ({
  ...{ id: `connection:${id}`, userId: null, name, role: "admin", ownerName: null },
});

export const whoIs = (id: string) => ({ actor: `connection:${id}`, request: randomUUID(), retry: true });

/** The next one that is due: asked for something, or switched on. */
export async function taken(client: Client): Promise<Taken | null> {
  return guardedTransaction(client, whoIs("due"), async (tx) => {
    const [one] = await tx.execute<Taken>(sql`
      update connections set due_at = now() + ${HELD_MS} * interval '1 millisecond' where id = (
        select id from connections where (asked is not null or on_since is not null) and due_at <= now()
        order by due_at, id limit 1 for update skip locked)
      returning id, system, name, address, sealed, settings, asked, (settings ->> 'everyMinutes')::int as "everyMinutes"`);
    return one ?? null;
  });
}

export async function holdOn(client: Client, { id }: Taken): Promise<void> {
  await guardedTransaction(client, whoIs(id), (tx) =>
    tx.execute(
      sql`update connections set due_at = now() + ${HELD_MS} * interval '1 millisecond' where id = ${id}`,
    ),
  );
}

export async function openTaken(
  { id, system, address, sealed, settings }: Taken,
  client: Client,
  today: Day,
): Promise<Source> {
  const place = `connection:${id}`;
  const opened = openSecret(sealed, place);
  if (isSealedByFormer(sealed)) await sealAnew(client, { id, sealed }, sealSecret(opened, place));
  const secrets = JSON.parse(opened) as Record<string, string>;
  const heard = (after: number | null, most: number) => heardOf(client, id, after, most);
  return openSource(system, { address, secrets, settings, today, heard, zone: await companyZone(client) });
}

/** Under the newest key, so that the former can be let go. */
async function sealAnew(
  client: Client,
  { id, sealed }: Pick<Taken, "id" | "sealed">,
  anew: string,
): Promise<void> {
  await guardedTransaction(client, whoIs(id), (tx) =>
    tx.execute(sql`update connections set sealed = ${anew} where id = ${id} and sealed = ${sealed}`),
  );
}
