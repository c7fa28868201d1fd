import { sql } from "drizzle-orm";
import {
  boolean,
  char,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { day, idText, now } from "./columns";
import { users } from "./people";
import { projectionColumns } from "./projection";

/** A quarter's review meeting: who drives, where it stands, the ask and the minutes (§8.7). */
export const reviews = pgTable(
  "reviews",
  {
    quarter: text("quarter").primaryKey(),
    /** The last day of the quarter that was reviewed: what was written goes with it when the fiscal year changes. */
    fallsOn: day("falls_on").notNull(),
    facilitatorId: idText("facilitator_id").references(() => users.id),
    /** What everybody looks at: a section, or an exception's id. */
    position: text("position").notNull().default("pipeline"),
    /** The investment ask, by the head of partnerships. */
    ask: text("ask").notNull().default(""),
    askBy: idText("ask_by").references(() => users.id),
    minutes: text("minutes").notNull().default(""),
    /** Raised by every change of the ask or the minutes. */
    version: integer("version").notNull().default(1),
    /** Raised by every move: steering and writing do not conflict. */
    turn: integer("turn").notNull().default(1),
    startedAt: timestamp("started_at", { withTimezone: true }).notNull().default(now),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [check("reviews_quarter", sql`${table.quarter} ~ '^[0-9]{4}-Q[1-4]$'`)],
);

/** One line of a close checklist, as it stood. */
export interface KeptCheck {
  item: string;
  done: boolean;
  /** What holds, or what is missing. */
  says: string;
}

/** The first of the two hands of a freeze: what it is to seal, by digest (§8.7). The latest of a quarter counts. */
export const freezePreparations = pgTable("freeze_preparations", {
  quarter: text("quarter").primaryKey(),
  preparedBy: idText("prepared_by")
    .notNull()
    .references(() => users.id),
  preparedByName: text("prepared_by_name").notNull(),
  preparedAt: timestamp("prepared_at", { withTimezone: true }).notNull().default(now),
  /** The close checklist as it stood. */
  checklist: jsonb("checklist").$type<KeptCheck[]>().notNull(),
  /** SHA-256 over what a freeze has to find again (lib/sealing/draft-seal.ts). */
  digest: char("digest", { length: 64 }).notNull(),
  demo: boolean("demo").notNull().default(false),
});

/** A frozen quarter: sealed by finance, never changed after (§8.7). */
export const sealedQuarters = pgTable("sealed_quarters", {
  quarter: text("quarter").primaryKey(),
  /** First and last day, as the fiscal calendar had them when it was sealed. */
  from: day("from_day").notNull(),
  to: day("to_day").notNull(),
  /** The day the facts were read as of. */
  asOf: day("as_of").notNull(),
  sealedBy: idText("sealed_by").references(() => users.id),
  sealedByName: text("sealed_by_name").notNull(),
  sealedAt: timestamp("sealed_at", { withTimezone: true }).notNull().default(now),
  /** The transaction that sealed it: deals are added in no other. */
  sealedIn: text("sealed_in").notNull().default(sql`pg_current_xact_id()::text`),
  /**
   * Canonical JSON of everything but the deals: policies by hash, rates, costs, calendar, numbers,
   * exceptions with their decisions, the ask and the minutes.
   */
  header: text("header").notNull(),
  /** Documents in the seal: also of deals that were created in the quarter or open at its end. */
  deals: integer("deals").notNull(),
  /** Deals closed in the quarter. */
  closed: integer("closed").notNull(),
  /** Who prepared the freeze, another than who froze (§9 two hands). */
  preparedBy: idText("prepared_by").references(() => users.id),
  preparedByName: text("prepared_by_name").notNull(),
  preparedAt: timestamp("prepared_at", { withTimezone: true }).notNull(),
  /** Canonical JSON of the quarter's tally, made from the deals (lib/sealing/sealed-tally.ts). */
  tally: text("tally").notNull(),
  /** SHA-256 over the canonical JSON of header and deals in order of id; lib/sealing/seal.ts says how. */
  digest: char("digest", { length: 64 }).notNull(),
  /** The head of the audit log that stood when it was sealed (lib/audit/head.ts), as the header has it; null before the first. */
  logHead: text("log_head"),
  demo: boolean("demo").notNull().default(false),
});

/** A deal as the seal has it. No reference to deals: the seal outlives what it was made of. */
export const sealedDeals = pgTable(
  "sealed_deals",
  {
    quarter: text("quarter")
      .notNull()
      .references(() => sealedQuarters.quarter, { onDelete: "cascade" }),
    dealId: idText("deal_id").notNull(),
    /** Canonical JSON: the facts document, the deal's names and confirmation, and the result. */
    document: text("document").notNull(),
    ...projectionColumns(),
  },
  (table) => [
    primaryKey({ columns: [table.quarter, table.dealId] }),
    index("sealed_deals_deal").on(table.dealId),
    index("sealed_deals_created").on(table.quarter, table.createdOn, table.dealId),
    index("sealed_deals_closed").on(table.quarter, table.closedOn, table.dealId),
    index("sealed_deals_counted").on(table.quarter, table.countsAs, table.amount),
  ],
);

/**
 * A later difference from a seal, accepted by two into the journal of the quarter then under review (§8.7). It waits
 * until it is accepted or declined; nothing of it changes afterwards.
 */
export const restatements = pgTable(
  "restatements",
  {
    id: idText("id").primaryKey(),
    /** The frozen quarter that it corrects. */
    quarter: text("quarter")
      .notNull()
      .references(() => sealedQuarters.quarter, { onDelete: "cascade" }),
    dealId: idText("deal_id").notNull(),
    /** `changed`; `deleted` since; `added`: it closed in the quarter and is not in the seal. */
    kind: text("kind").notNull(),
    /** Canonical JSON of the deal as it stood then, as a seal would have it; null when it was deleted. */
    document: text("document"),
    reason: text("reason").notNull(),
    proposedBy: idText("proposed_by")
      .notNull()
      .references(() => users.id),
    /** Whether somebody of finance proposed it: one of the two must be. */
    byFinance: boolean("by_finance").notNull(),
    proposedOn: day("proposed_on").notNull(),
    /** The quarter in whose journal it counts; null until it is accepted. */
    journal: text("journal"),
    acceptedBy: idText("accepted_by").references(() => users.id),
    acceptedOn: day("accepted_on"),
    acceptedAt: timestamp("accepted_at", { withTimezone: true }),
    declinedBy: idText("declined_by").references(() => users.id),
    declinedOn: day("declined_on"),
    declinedReason: text("declined_reason"),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [
    check("restatements_kind", sql`${table.kind} in ('changed', 'deleted', 'added')`),
    check("restatements_document", sql`(${table.kind} = 'deleted') = (${table.document} is null)`),
    check("restatements_reason", sql`length(trim(${table.reason})) > 0`),
    check(
      "restatements_accepted_whole",
      sql`num_nulls(${table.journal}, ${table.acceptedBy}, ${table.acceptedOn}, ${table.acceptedAt}) in (0, 4)`,
    ),
    check(
      "restatements_declined_whole",
      sql`num_nulls(${table.declinedBy}, ${table.declinedOn}, ${table.declinedReason}) in (0, 3)`,
    ),
    check("restatements_two_hands", sql`${table.acceptedBy} <> ${table.proposedBy}`),
    check("restatements_one_end", sql`${table.acceptedBy} is null or ${table.declinedBy} is null`),
    uniqueIndex("restatements_one_waits")
      .on(table.quarter, table.dealId)
      .where(sql`${table.acceptedAt} is null and ${table.declinedOn} is null`),
    index("restatements_deal").on(table.dealId, table.acceptedAt),
    index("restatements_journal").on(table.journal),
  ],
);
