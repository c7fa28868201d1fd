import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { isSealedByFormer, openSecret, sealSecret } from "@/lib/auth/sealed-secrets";
import type { Delivery } from "@/lib/connectors/notices/delivery";
import { type PostOptions, postSigned } from "@/lib/connectors/webhooks/post";
import type { WebhookState } from "@/lib/text/webhook-words";
import type { Clock, Job } from "./job";
import { HELD_MS, pauseAfter, TRIES } from "./pause";

/** How long a message that was sent, or given up, can be looked at and sent again. */

/** A message taken, with where it goes. */
interface Taken extends Record<string, unknown> {
  id: string;
  endpointId: string;
  messageId: string;
  body: string;
  attempts: number;
  address: string;
  secret: string;
}

/** Delivers what is due (§8.9). Private networks are posted to only where `WEBHOOKS_TO_PRIVATE` says `allow`. */
export const deliverWebhooks: Job = {
  name: "deliver-webhooks",
  everyMs: 3_000,
  work: async (client, _, now) => {
    const options = { toPrivate: process.env.WEBHOOKS_TO_PRIVATE === "allow" };
    await deliverDueWebhooks(client, options, now);
    await forget(client);
  },
};

/**
 * Posts every message that is due, one after the other, each taken by one process, as notices are (deliver-notices.ts):
 * taking it counts the try and holds it before anything leaves, and what became of it is written after.
 *
 * @returns how many were taken on
 */
export async function deliverDueWebhooks(client: Client, options: PostOptions, now: Clock): Promise<number> {
  for (let taken = 0; ; taken++) {
    const message = await take(client, now());
    if (!message) return taken;
    await settle(client, message, await attempt(client, message, options), now());
  }
}

const who = () => ({ actor: "system:deliver-webhooks", request: randomUUID(), retry: true });

async function take(client: Client, now: Date): Promise<Taken | null> {
  const at = now.toISOString();
  const until = new Date(now.getTime() + HELD_MS).toISOString();
  return guardedTransaction(client, who(), async (tx) => {
    const [taken] = await tx.execute<Taken>(sql`
      update webhook_deliveries d set attempts = d.attempts + 1, held_until = ${until}
      from webhook_endpoints e where e.id = d.endpoint_id and d.id = (
        select w.id from webhook_deliveries w join webhook_endpoints t on t.id = w.endpoint_id
        where w.state = 'waiting' and w.due_at <= ${at} and t.paused_at is null
          and (w.held_until is null or w.held_until <= ${at})
        order by w.due_at, w.id limit 1 for update of w skip locked)
      returning d.id, d.endpoint_id as "endpointId", d.message_id as "messageId", d.body, d.attempts, e.address, e.secret`);
    return taken ?? null;
  });
}

async function attempt(client: Client, message: Taken, options: PostOptions): Promise<Delivery> {
  const { address, messageId: id, body } = message;
  const secret = secretOf(message);
  if (secret === null)
    return {
      ...{ taken: false, isFinal: true },
      problem:
        "Its secret was sealed under a key that is not here any more: remove the webhook and add it anew",
    };
  if (isSealedByFormer(message.secret)) await sealAnew(client, message, secret);
  return postSigned({ address, secret, id, body }, options);
}

const placeOf = ({ endpointId }: Taken) => `webhook:${endpointId}`;

function secretOf(message: Taken): string | null {
  try {
    return openSecret(message.secret, placeOf(message));
  } catch {
    return null;
  }
}

/** Under the newest key, so that the former can be let go. */
async function sealAnew(client: Client, message: Taken, secret: string): Promise<void> {
  const sealed = sealSecret(secret, placeOf(message));
  await guardedTransaction(client, who(), (tx) =>
    tx.execute(sql`
      update webhook_endpoints set secret = ${sealed} where id = ${message.endpointId} and secret = ${message.secret}`),
  );
}

/** Writes what became of it, unless somebody holds it anew since. */
async function settle(client: Client, { id, attempts }: Taken, done: Delivery, now: Date): Promise<void> {
  const isOver = !done.taken && (done.isFinal || attempts >= TRIES);
  const state: WebhookState = done.taken ? "sent" : isOver ? "failed" : "waiting";
  const wish = done.taken ? 0 : done.afterMs;
  const dueAt =
    state === "waiting" ? new Date(now.getTime() + pauseAfter(attempts, wish)).toISOString() : null;
  await guardedTransaction(client, who(), (tx) =>
    tx.execute(sql`
      update webhook_deliveries set state = ${state}, problem = ${done.taken ? null : done.problem}, held_until = null,
        due_at = coalesce(${dueAt}::timestamptz, due_at), sent_at = case when ${state} = 'sent' then now() end
      where id = ${id} and state = 'waiting' and attempts = ${attempts}`),
  );
}

/** Forgets what was settled long ago, a thousand at a time. */
async function forget(client: Client): Promise<void> {
  const old = sql`
    select id from webhook_deliveries where created_at < now() - make_interval(days => (select kept_delivery_days from settings))
      and state <> 'waiting' order by created_at limit 1000`;
  const [due] = await client.db.execute(sql`select 1 from (${old}) as o limit 1`);
  if (!due) return;
  await guardedTransaction(client, who(), (tx) =>
    tx.execute(sql`delete from webhook_deliveries where id in (${old})`),
  );
}
