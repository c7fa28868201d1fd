import { getTableColumns, sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  char,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
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

/**
 * What entries say of people, kept beside them (lib/audit/apart.ts): the entry holds the mark. It goes by an erasure, or
 * when whence somebody signed in was kept for long enough; never otherwise.
 */
export const auditPersonal = pgTable(
  "audit_personal",
  {
    /** SHA-256 of salt, a blank and the value in canonical JSON. */
    mark: char("mark", { length: 64 }).primaryKey(),
    /** `user U-1`: whom it is about in whole; null of words that may name anybody. */
    about: text("about"),
    /** Its column's name in the entry. */
    field: text("field").notNull(),
    salt: char("salt", { length: 32 }).notNull(),
    value: jsonb("value").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    index("audit_personal_about").on(table.about),
    index("audit_personal_whence").on(table.at).where(sql`${table.field} in ('browser', 'origin')`),
  ],
);

/** For a select from audit_log: entries as they were written, what they say of people in its place, or `(erased)`. */
export const asWritten = {
  ...getTableColumns(auditLog),
  before: sql<unknown>`with_people(${auditLog.before})`.as("before"),
  after: sql<unknown>`with_people(${auditLog.after})`.as("after"),
};

/**
 * The Merkle tree over audit_log (RFC 9162 §2.1), of which complete subtrees of 256^n entries are kept: level 0 holds
 * the entries' leaves, 8 the roots of 256 of them each, 16 those of 65,536. Grown by one elected writer.
 */
export const auditTree = pgTable(
  "audit_tree",
  {
    level: smallint("level").notNull(),
    /** From 0, in order, without a gap. */
    place: bigint("place", { mode: "number" }).notNull(),
    hash: char("hash", { length: 64 }).notNull(),
    /** The entry of a leaf. */
    auditId: bigint("audit_id", { mode: "number" })
      .unique()
      .references(() => auditLog.id),
  },
  (table) => [
    primaryKey({ columns: [table.level, table.place] }),
    check("audit_tree_leaf", sql`(${table.level} = 0) = (${table.auditId} is not null)`),
  ],
);

/** What this installation has signed of its log: a head, one whenever the tree has grown. */
export const auditHeads = pgTable("audit_heads", {
  /** How many entries it covers. */
  size: bigint("size", { mode: "number" }).primaryKey(),
  /** A compact JWS of size, root and instant (lib/audit/head.ts). */
  head: text("head").notNull(),
  at: timestamp("at", { withTimezone: true }).notNull().default(now),
});

/** Public halves of the keys that signed heads, so that the log can be verified from the database alone. */
export const auditKeys = pgTable("audit_keys", {
  kid: text("kid").primaryKey(),
  x: text("x").notNull(),
  /** The former key's signature over it; null of the first. */
  endorsed: text("endorsed"),
  at: timestamp("at", { withTimezone: true }).notNull().default(now),
});

/** When the server verified the whole log by itself, and what it found. */
export const auditChecks = pgTable("audit_checks", {
  at: timestamp("at", { withTimezone: true }).primaryKey().default(now),
  /** The verdict (lib/audit/verify-log.ts). */
  verdict: jsonb("verdict").notNull(),
});

/** Heads that a witness outside took in. */
export const witnessedHeads = pgTable("witnessed_heads", {
  size: bigint("size", { mode: "number" })
    .primaryKey()
    .references(() => auditHeads.size),
  /** The witness's host. */
  witness: text("witness").notNull(),
  at: timestamp("at", { withTimezone: true }).notNull().default(now),
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
