import { sql } from "drizzle-orm";
import { bigint, bigserial, char, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";

/** Every write: who, when, what before and after (§9). Refuses UPDATE, DELETE and TRUNCATE. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    at: timestamp("at", { withTimezone: true }).notNull().default(now),
    /** `user:<id>`, `import:<user or cli>`, `system:<what>`. */
    actor: text("actor").notNull(),
    /** Name of the verb, one of the closed list of audited actions. */
    action: text("action").notNull(),
    /** The request's id; one request may write several entries. */
    request: text("request").notNull(),
    /** The deal it touches, when one. */
    dealId: idText("deal_id"),
    /** Kind and id of the thing written: `role_row`, `T-1`. */
    subjectKind: text("subject_kind").notNull(),
    subjectId: idText("subject_id").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
  },
  (table) => [
    index("audit_log_deal").on(table.dealId, table.id),
    index("audit_log_subject").on(table.subjectKind, table.subjectId),
    // One a filter of the log, each newest first.
    index("audit_log_actor").on(table.actor, table.id),
    index("audit_log_action").on(table.action, table.id),
    index("audit_log_request").on(table.request, table.id),
  ],
);

/** The hash chain over audit_log, made in small batches by one elected writer. */
export const auditChain = pgTable("audit_chain", {
  auditId: bigint("audit_id", { mode: "number" })
    .primaryKey()
    .references(() => auditLog.id),
  hash: char("hash", { length: 64 }).notNull(),
  chainedAt: timestamp("chained_at", { withTimezone: true }).notNull().default(sql`now()`),
});

/** First answers to writes that carried an Idempotency-Key. */
export const idempotencyKeys = pgTable("idempotency_keys", {
  /** Actor and key. */
  key: text("key").primaryKey(),
  action: text("action").notNull(),
  /** Of the canonical input without its secrets: the same key with another body is refused. */
  inputHash: char("input_hash", { length: 64 }).notNull(),
  answer: jsonb("answer").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
});
