import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  char,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import { day, idText, now } from "./columns";
import { deals } from "./deals";
import { outcome, seat } from "./enums";
import { users } from "./people";
import { documentChecks, documentColumns, signatureColumns } from "./signed-document";

/** Days from a first one up to but without a last one, or without end: `[2026-01-01,)`. */
const dayRange = customType<{ data: string; driverData: string }>({ dataType: () => "daterange" });

/**
 * Policies, from draft to history (§3, §8.8). State is what was recorded, in this order: drafted,
 * proposed (text frozen, hash over its canonical JSON), declined or withdrawn, or signed by all three
 * seats, which sets `period`. Periods never overlap; see the guards for what else is refused.
 */
export const policies = pgTable(
  "policies",
  {
    ...documentColumns(),
    document: jsonb("document").notNull(),
    /** The policy in force when the draft was begun. */
    amends: idText("amends").references((): AnyPgColumn => policies.id),
    version: integer("version").notNull().default(1),
    proposedAt: timestamp("proposed_at", { withTimezone: true }),
    proposedBy: idText("proposed_by").references(() => users.id),
    /** The first day it is meant to judge. */
    activeFrom: day("active_from"),
    /** Set by the third signature; its end by the next policy's. */
    period: dayRange("period"),
  },
  (table) => [
    ...documentChecks("policies", table),
    check(
      "policies_proposed_whole",
      sql`num_nulls(${table.proposedAt}, ${table.canonical}, ${table.hash}, ${table.activeFrom}) in (0, 4)`,
    ),
    check("policies_text_is_the_document", sql`${table.canonical}::jsonb = ${table.document}`),
    check("policies_period_after_proposal", sql`${table.period} is null or ${table.proposedAt} is not null`),
    check("policies_signed_or_withdrawn", sql`${table.period} is null or ${table.withdrawnAt} is null`),
  ],
);

export const signatures = pgTable(
  "signatures",
  {
    policyId: idText("policy_id")
      .notNull()
      .references(() => policies.id, { onDelete: "cascade" }),
    ...signatureColumns(),
  },
  (table) => [
    primaryKey({ name: "signatures_one_a_seat", columns: [table.policyId, table.seat] }),
    unique("signatures_one_a_person").on(table.policyId, table.userId),
  ],
);

/** A signer's no, with the reason. Ends the proposal. */
export const policyDeclines = pgTable(
  "policy_declines",
  {
    policyId: idText("policy_id")
      .primaryKey()
      .references(() => policies.id, { onDelete: "cascade" }),
    seat: seat("seat").notNull(),
    userId: idText("user_id")
      .notNull()
      .references(() => users.id),
    reason: text("reason").notNull(),
    declinedAt: timestamp("declined_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [check("policy_declines_reason", sql`length(trim(${table.reason})) > 0`)],
);

/** What was learnt and waits for the annual amendment (§8.6, §8.8). */
export const learnings = pgTable(
  "learnings",
  {
    id: idText("id").primaryKey(),
    text: text("text").notNull(),
    /** The fiscal quarter it belongs to, `2026-Q3`. */
    quarter: text("quarter").notNull(),
    /** The day that puts it there: of the wish, or its case's. */
    fallsOn: day("falls_on").notNull(),
    /** `wish` of somebody, or the id of the exception it came from. */
    source: text("source").notNull(),
    recordedBy: idText("recorded_by").references(() => users.id),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull().default(now),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [check("learnings_text", sql`length(trim(${table.text})) > 0`)],
);

/** What a draft would have done, kept beside its memo for the signers (§8.8). */
export const backtests = pgTable(
  "backtests",
  {
    id: idText("id").primaryKey(),
    policyId: idText("policy_id")
      .notNull()
      .references(() => policies.id, { onDelete: "cascade" }),
    /** SHA-256 of the canonical JSON of the draft as it was tested, and of what it was held against. */
    hash: char("hash", { length: 64 }).notNull(),
    againstHash: char("against_hash", { length: 64 }).notNull(),
    asOf: day("as_of").notNull(),
    result: jsonb("result").notNull(),
    ranBy: idText("ran_by").references(() => users.id),
    ranAt: timestamp("ran_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [index("backtests_policy").on(table.policyId)],
);

/** The judging that follows a policy's coming into force: how far it is, so that it resumes when killed. */
export const judgingRuns = pgTable(
  "judging_runs",
  {
    policyId: idText("policy_id")
      .primaryKey()
      .references(() => policies.id, { onDelete: "cascade" }),
    startedAt: timestamp("started_at", { withTimezone: true }).notNull().default(now),
    /** Deals up to and including this id are judged; null before the first batch. */
    cursor: idText("cursor"),
    judged: integer("judged").notNull().default(0),
    total: integer("total").notNull(),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
  },
  (table) => [check("judging_runs_counts", sql`${table.judged} >= 0 and ${table.total} >= 0`)],
);

/** The deals whose outcome changed when a policy came to judge them; written with the outcome (lib/judging/save.ts). */
export const judgingMoves = pgTable(
  "judging_moves",
  {
    policyId: idText("policy_id")
      .notNull()
      .references(() => judgingRuns.policyId, { onDelete: "cascade" }),
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id, { onDelete: "cascade" }),
    from: outcome("from_outcome").notNull(),
    to: outcome("to_outcome").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.policyId, table.dealId] }),
    index("judging_moves_deal").on(table.dealId),
  ],
);
