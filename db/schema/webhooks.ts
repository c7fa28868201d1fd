import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { webhookEvent, webhookState } from "./enums";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** Where other systems are told of what happened (Standard Webhooks). */
export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    id: idText("id").primaryKey(),
    name: text("name").notNull(),
    address: text("address").notNull(),
    events: webhookEvent("events").array().notNull(),
    /** What signs, sealed (lib/auth/sealed-secrets.ts); told once, when it was made. */
    secret: text("secret").notNull(),
    /** Since when nothing is sent: what happens meanwhile waits. Null while it is told. */
    pausedAt: instant("paused_at"),
    createdAt: instant("created_at").notNull().default(now),
  },
  (table) => [
    check("webhook_endpoints_address", sql`${table.address} ~ '^https?://[^[:space:]]+$'`),
    check("webhook_endpoints_name_given", sql`length(trim(${table.name})) > 0`),
    check("webhook_endpoints_events_given", sql`cardinality(${table.events}) > 0`),
  ],
);

/** The outbox of webhooks: written by triggers in the transaction of what it tells of, delivered by a job. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: idText("id").primaryKey(),
    endpointId: idText("endpoint_id")
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: "cascade" }),
    event: webhookEvent("event").notNull(),
    /** `webhook-id`: the same at each try and at each endpoint. */
    messageId: text("message_id").notNull(),
    /** The very text that is signed and sent. */
    body: text("body").notNull(),
    state: webhookState("state").notNull().default("waiting"),
    /** Not before; after a try that failed, its next one. */
    dueAt: instant("due_at").notNull().default(now),
    /** Until when whoever is sending it holds it. */
    heldUntil: instant("held_until"),
    attempts: integer("attempts").notNull().default(0),
    /** Why the last try failed. */
    problem: text("problem"),
    sentAt: instant("sent_at"),
    createdAt: instant("created_at").notNull().default(now),
  },
  (table) => [
    check("webhook_deliveries_sent", sql`(${table.state} = 'sent') = (${table.sentAt} is not null)`),
    index("webhook_deliveries_due").on(table.dueAt).where(sql`${table.state} = 'waiting'`),
    index("webhook_deliveries_of").on(table.endpointId, table.createdAt),
    index("webhook_deliveries_latest").on(table.createdAt),
  ],
);
