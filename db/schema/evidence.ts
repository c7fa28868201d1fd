import { sql } from "drizzle-orm";
import {
  boolean,
  char,
  check,
  customType,
  index,
  jsonb,
  pgTable,
  smallint,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { accounts } from "./accounts";
import { day, idText, notInFuture, now } from "./columns";
import { deals } from "./deals";
import { involvement } from "./enums";
import { partners } from "./partners";
import { users } from "./people";

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** Files handed in to be read (§8.2), as they are, never changed. One that is accepted from is kept as proof besides. */
export const evidenceFiles = pgTable(
  "evidence_files",
  {
    id: idText("id").primaryKey(),
    name: text("name").notNull(),
    sha256: char("sha256", { length: 64 }).notNull().unique(),
    file: bytes("file").notNull(),
    /** How it came: dropped on the page, or sent by a mailbox or a recorder of calls. */
    via: text("via", { enum: ["page", "mail", "call"] }).notNull(),
    droppedOn: day("dropped_on").notNull(),
    /** Null where a system sent it. */
    droppedBy: idText("dropped_by").references(() => users.id),
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("evidence_files_name_given", sql`length(trim(${table.name})) > 0`),
    check("evidence_files_is_itself", sql`${table.sha256} = encode(sha256(${table.file}), 'hex')`),
    check("evidence_files_small", sql`length(${table.file}) between 1 and 2000000`),
    check("evidence_files_via", sql`${table.via} in ('page', 'mail', 'call')`),
    check("evidence_files_not_in_future", notInFuture(table.droppedOn)),
    index("evidence_files_by").on(table.droppedBy),
  ],
);

/** What reading them proposes (§8.2): no fact, in no number, until somebody accepts it as an activity. */
export const evidenceProposals = pgTable(
  "evidence_proposals",
  {
    id: idText("id").primaryKey(),
    evidenceId: idText("evidence_id")
      .notNull()
      .references(() => evidenceFiles.id, { onDelete: "cascade" }),
    /** Its place in the file. */
    position: smallint("position").notNull(),
    /** Null where the customer has several, and the words name none. */
    dealId: idText("deal_id").references(() => deals.id, { onDelete: "set null" }),
    accountId: idText("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade", onUpdate: "cascade" }),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id, { onDelete: "cascade" }),
    contact: text("contact"),
    type: text("type").notNull(),
    /** Null where nothing tells it. */
    occurredOn: day("occurred_on"),
    involvement: involvement("involvement").notNull(),
    /** As it stands in the file. */
    quote: text("quote").notNull(),
    /** Who read it: the house's own rules, or the model that the company named. */
    reader: text("reader", { enum: ["rules", "model"] })
      .notNull()
      .default("rules"),
    decision: text("decision", { enum: ["accepted", "dismissed"] }),
    decidedOn: day("decided_on"),
    decidedBy: idText("decided_by").references(() => users.id),
    /** What it became; it may have been withdrawn since. */
    activityId: idText("activity_id"),
  },
  (table) => [
    check("evidence_proposals_quote_given", sql`length(trim(${table.quote})) > 0`),
    check("evidence_proposals_not_in_future", notInFuture(table.occurredOn)),
    check("evidence_proposals_reader", sql`${table.reader} in ('rules', 'model')`),
    check("evidence_proposals_decision", sql`${table.decision} in ('accepted', 'dismissed')`),
    check(
      "evidence_proposals_decided_whole",
      sql`num_nulls(${table.decision}, ${table.decidedOn}, ${table.decidedBy}) in (0, 3)`,
    ),
    check(
      "evidence_proposals_accepted_as",
      sql`(${table.decision} is not distinct from 'accepted') = (${table.activityId} is not null)`,
    ),
    index("evidence_proposals_file").on(table.evidenceId, table.position),
    index("evidence_proposals_waiting").on(table.dealId).where(sql`${table.decision} is null`),
    index("evidence_proposals_by").on(table.decidedBy),
  ],
);

/** The model that reads the same files besides, where the company named one (§8.2); one row, or none. */
export const evidenceModels = pgTable(
  "evidence_models",
  {
    isOne: boolean("is_one").primaryKey().default(true),
    /** OpenAI-compatible: `/chat/completions` is asked below it. */
    address: text("address").notNull(),
    model: text("model").notNull(),
    /** Its key, sealed (lib/auth/sealed-secrets.ts); null where none is asked for. */
    sealed: text("sealed"),
    setBy: text("set_by").notNull(),
    setAt: timestamp("set_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("evidence_models_one", sql`${table.isOne}`),
    check("evidence_models_address", sql`${table.address} ~ '^https?://[^[:space:]]+$'`),
    check("evidence_models_sealed", sql`${table.sealed} like 'v1.%'`),
  ],
);

/** What a model was asked of a file and what came of it: by their hashes, never their words. */
export const modelReadings = pgTable(
  "model_readings",
  {
    evidenceId: idText("evidence_id")
      .primaryKey()
      .references(() => evidenceFiles.id, { onDelete: "cascade" }),
    state: text("state", { enum: ["waiting", "read", "failed"] })
      .notNull()
      .default("waiting"),
    attempts: smallint("attempts").notNull().default(0),
    dueAt: timestamp("due_at", { withTimezone: true }).notNull().default(now),
    model: text("model"),
    /** SHA-256 of the body that was sent last. */
    sentSha256: char("sent_sha256", { length: 64 }),
    /** Of what it answered. */
    answeredSha256: char("answered_sha256", { length: 64 }),
    /** In its own words. */
    summary: text("summary"),
    /** What of its answer did not stand, each with the reason. */
    dropped: jsonb("dropped").$type<string[]>(),
    problem: text("problem"),
  },
  (table) => [
    check("model_readings_state", sql`${table.state} in ('waiting', 'read', 'failed')`),
    check("model_readings_read_whole", sql`(${table.state} = 'read') = (${table.dropped} is not null)`),
    index("model_readings_due").on(table.dueAt).where(sql`${table.state} = 'waiting'`),
  ],
);
