import { sql } from "drizzle-orm";
import { char, check, index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { day, idText, now } from "./columns";
import { deals } from "./deals";
import { users } from "./people";

/**
 * Closed deals that somebody decided to leave as they stand (§8.5). It holds for what was found then, on the facts of
 * then: of other facts, or something else that is found, it says nothing. One row a deal; the log keeps those before.
 */
export const reconciledDeals = pgTable(
  "reconciled_deals",
  {
    dealId: idText("deal_id")
      .primaryKey()
      .references(() => deals.id, { onDelete: "cascade" }),
    /** What was found, by its keys (lib/attribution/reconciliation.ts). */
    found: text("found").array().notNull(),
    /** Digest of the facts (lib/judging/closing.ts). */
    facts: char("facts", { length: 64 }).notNull(),
    reason: text("reason"),
    decidedOn: day("decided_on").notNull(),
    decidedBy: idText("decided_by")
      .notNull()
      .references(() => users.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("reconciled_deals_found", sql`cardinality(${table.found}) > 0`),
    check("reconciled_deals_facts", sql`${table.facts} ~ '^[0-9a-f]{64}$'`),
    check("reconciled_deals_reason", sql`length(trim(${table.reason})) > 0`),
    index("reconciled_deals_by").on(table.decidedBy),
  ],
);

/** Months whose closed deals are all decided, and stay so (§8.5): with what was then counted. */
export const lockedMonths = pgTable(
  "locked_months",
  {
    /** `2026-10`. */
    month: text("month").primaryKey(),
    lockedOn: day("locked_on").notNull(),
    lockedBy: idText("locked_by")
      .notNull()
      .references(() => users.id),
    won: integer("won").notNull(),
    wonConfirmed: integer("won_confirmed").notNull(),
    lost: integer("lost").notNull(),
    lostConfirmed: integer("lost_confirmed").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("locked_months_month", sql`${table.month} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`),
    check(
      "locked_months_counted",
      sql`${table.wonConfirmed} between 0 and ${table.won} and ${table.lostConfirmed} between 0 and ${table.lost}`,
    ),
  ],
);
