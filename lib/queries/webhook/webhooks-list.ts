import { sql } from "drizzle-orm";
import { z } from "zod";
import { maySay } from "@/lib/commands/guard";
import { mayKeepWebhooks } from "@/lib/commands/webhook/guards";
import { WEBHOOK_EVENTS, WEBHOOK_STATES } from "@/lib/text/webhook-words";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";

const endpointShape = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  /** Since when what it is told waits; null while it is told. */
  pausedAt: z.iso.datetime().nullable(),
  waiting: z.int(),
  failed: z.int(),
});

const messageShape = z.object({
  id: z.string(),
  endpoint: z.string(),
  event: z.enum(WEBHOOK_EVENTS),
  /** `webhook-id`, by which the other side knows it. */
  messageId: z.string(),
  state: z.enum(WEBHOOK_STATES),
  attempts: z.int(),
  problem: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** Of one that waits: its next try. */
  dueAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
});

/** Which other systems are told of what, and what became of it; no secret is among it. */
export const webhooksList = defineQuery({
  name: "webhooks-list",
  summary: "Which other systems are told of what happens, and the latest messages with what kept them.",
  only: ["admin", "auditor"],
  fresh: true,
  input: z.strictObject({
    /** Only what did not arrive and what is tried again. */
    troubled: z.boolean().default(false),
    limit: z.int().min(1).max(500).default(50),
  }),
  output: z.object({
    endpoints: z.array(endpointShape),
    messages: z.array(messageShape),
    /** Whether there are older ones. */
    more: z.boolean(),
    may: z.object({ keep: mayShape }),
  }),
  async run({ db, actor }, { troubled, limit }) {
    const at = (column: ReturnType<typeof sql>) =>
      sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    type Endpoint = z.output<typeof endpointShape>;
    const endpoints = await db.execute<Endpoint & Record<string, unknown>>(sql`
      select e.id, e.name, e.address, to_json(e.events) as events, ${at(sql`e.paused_at`)} as "pausedAt",
        (select count(*)::int from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'waiting') as waiting,
        (select count(*)::int from webhook_deliveries d where d.endpoint_id = e.id and d.state = 'failed') as failed
      from webhook_endpoints e order by e.name, e.id`);
    const messages = await db.execute<z.output<typeof messageShape>>(sql`
      select d.id, e.name as endpoint, d.event, d.message_id as "messageId", d.state, d.attempts, d.problem,
        ${at(sql`d.created_at`)} as "createdAt", ${at(sql`d.due_at`)} as "dueAt", ${at(sql`d.sent_at`)} as "sentAt"
      from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
      where ${troubled ? sql`d.problem is not null` : sql`true`}
      order by d.created_at desc, d.id limit ${limit + 1}`);
    return {
      endpoints: [...endpoints],
      messages: [...messages].slice(0, limit),
      more: messages.length > limit,
      may: { keep: maySay(mayKeepWebhooks, actor, undefined) },
    };
  },
});
