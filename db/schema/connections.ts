import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import {
  CONNECTION_ASKS,
  CONNECTION_SYSTEMS,
  type ConnectionSettings,
  type Difference,
  type Looked,
  type RefusedRecord,
  type RehearsedSync,
} from "../../lib/interchange/connection";
import { CHANGED_FIELDS } from "../../lib/interchange/deal-change";
import { day, idText, now } from "./columns";
import { users } from "./people";

export const connectionSystem = pgEnum("connection_system", CONNECTION_SYSTEMS);
export const connectionAsk = pgEnum("connection_ask", CONNECTION_ASKS);

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** Another system that is read, and written back to (docs/connections.md). */
export const connections = pgTable(
  "connections",
  {
    id: idText("id").primaryKey(),
    system: connectionSystem("system").notNull(),
    name: text("name").notNull(),
    address: text("address").notNull(),
    /** Its secrets, sealed (lib/auth/sealed-secrets.ts): never shown again, and in no log. */
    sealed: text("sealed").notNull(),
    settings: jsonb("settings").$type<ConnectionSettings>().notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull().default(now),
    /** Since when it syncs by itself; null while it is off. */
    onSince: instant("on_since"),
    /** Since when what it brings is witnessed, and by whose word in finance (§1 evidence). */
    acceptedOn: day("accepted_on"),
    acceptedBy: idText("accepted_by").references(() => users.id),
    /** What somebody asked of it and the next turn does. */
    asked: connectionAsk("asked"),
    /** What the last test that worked found. */
    looked: jsonb("looked").$type<Looked>(),
    lookedAt: instant("looked_at"),
    rehearsed: jsonb("rehearsed").$type<RehearsedSync>(),
    /** What failed last and has not worked since, in words. */
    problem: text("problem"),
    failures: integer("failures").notNull().default(0),
    dueAt: instant("due_at").notNull().default(now),
  },
  (table) => [
    unique("connections_name").on(table.name),
    check("connections_address", sql`${table.address} ~ '^https?://[^[:space:]]+$'`),
    check("connections_sealed", sql`${table.sealed} like 'v1.%'`),
    check("connections_accepted_whole", sql`(${table.acceptedOn} is null) = (${table.acceptedBy} is null)`),
    check(
      "connections_accepted_by_another",
      sql`${table.acceptedBy} is null or ${table.createdBy} <> 'user:' || ${table.acceptedBy}`,
    ),
  ],
);

/** How far each of a connection's streams has been read; moved in the transaction that lands the page. */
export const connectionCursors = pgTable(
  "connection_cursors",
  {
    connectionId: idText("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    stream: text("stream").notNull(),
    cursor: jsonb("cursor").notNull(),
    movedAt: instant("moved_at").notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.stream] })],
);

/** What the source said last of a record, as it is stored here, and what of that does not stand here and why. */
export const sourceRecords = pgTable(
  "source_records",
  {
    connectionId: idText("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    key: idText("key").notNull(),
    dealId: idText("deal_id"),
    /** Null while nothing of it has landed. */
    said: jsonb("said").$type<Record<string, unknown>>(),
    /** Why what it says could not land. */
    refused: jsonb("refused").$type<RefusedRecord>(),
    /** Where a person decided otherwise here. */
    differs: jsonb("differs").$type<Difference[]>(),
    /** What was written back last, of a deal. */
    written: jsonb("written").$type<Record<string, string>>(),
    /** The deal's version that was looked at for writing back. */
    writtenVersion: integer("written_version"),
    seenAt: instant("seen_at").notNull().default(now),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.kind, table.key] }),
    index("source_records_refused")
      .on(table.connectionId, table.seenAt)
      .where(sql`${table.refused} is not null`),
    index("source_records_differ")
      .on(table.connectionId, table.seenAt)
      .where(sql`${table.differs} is not null`),
    index("source_records_deal").on(table.dealId).where(sql`${table.kind} = 'roles'`),
    index("source_records_differ_deal").on(table.dealId).where(sql`${table.differs} is not null`),
  ],
);

/** One turn of syncing that had something to do. */
export const connectionRuns = pgTable(
  "connection_runs",
  {
    id: idText("id").primaryKey(),
    connectionId: idText("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    startedAt: instant("started_at").notNull().default(now),
    /** Null while it is under way, or where its process died: the next one goes on from its cursor. */
    endedAt: instant("ended_at"),
    stream: text("stream"),
    problem: text("problem"),
    /** What the source could not tell any more, in words; a run that works does not clear it. */
    missed: text("missed"),
    read: integer("read").notNull().default(0),
    created: integer("created").notNull().default(0),
    updated: integer("updated").notNull().default(0),
    unchanged: integer("unchanged").notNull().default(0),
    refused: integer("refused").notNull().default(0),
    removed: integer("removed").notNull().default(0),
    written: integer("written").notNull().default(0),
  },
  (table) => [index("connection_runs_latest").on(table.connectionId, table.startedAt)],
);

/**
 * Changes of deals as their CRM recorded them, kept once they are let go of there. The deal may not have landed yet, and
 * may be gone: what changed stays said.
 */
export const dealChanges = pgTable(
  "deal_changes",
  {
    connectionId: idText("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    /** By which the CRM knows it. */
    key: idText("key").notNull(),
    dealId: idText("deal_id").notNull(),
    field: text("field", { enum: CHANGED_FIELDS }).notNull(),
    /** As the CRM has it, an amount in major units; null where there was none. */
    before: text("before"),
    after: text("after"),
    at: instant("at").notNull(),
    by: text("by"),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.key] }),
    check(
      "deal_changes_field",
      sql`${table.field} in ('amount', 'currency', 'type', 'close_day', 'owner', 'stage')`,
    ),
    check("deal_changes_change", sql`${table.before} is distinct from ${table.after}`),
    index("deal_changes_deal").on(table.dealId, table.at),
  ],
);

/** What a system told that is read from its messages alone, as it came: once, whoever tells it twice. */
export const connectionMessages = pgTable(
  "connection_messages",
  {
    connectionId: idText("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    /** `webhook-id`, by which the sender knows it. */
    messageId: text("message_id").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    body: jsonb("body").notNull(),
    at: instant("at").notNull().default(now),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.messageId] }),
    index("connection_messages_order").on(table.connectionId, table.seq),
  ],
);

/** Records that the system says have changed: read by the next turn, whatever the cursors say. */
export const connectionHints = pgTable(
  "connection_hints",
  {
    connectionId: idText("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    key: idText("key").notNull(),
    isGone: boolean("is_gone").notNull().default(false),
    at: instant("at").notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.key] })],
);
