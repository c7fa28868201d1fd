import { sql } from "drizzle-orm";
import {
  boolean,
  char,
  check,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import { day, idText, now } from "./columns";
import { seat } from "./enums";
import { users } from "./people";

/** What sourced and influenced credit pays: a document of its own, signed after the policy (§8.9). */
export const compensationPlans = pgTable(
  "compensation_plans",
  {
    id: idText("id").primaryKey(),
    title: text("title").notNull(),
    /** Canonical JSON (lib/metrics/compensation.ts), and its SHA-256. */
    document: text("document").notNull(),
    hash: char("hash", { length: 64 }).notNull(),
    draftedBy: idText("drafted_by").references(() => users.id),
    draftedOn: day("drafted_on").notNull(),
    withdrawnBy: idText("withdrawn_by").references(() => users.id),
    withdrawnOn: day("withdrawn_on"),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [
    check("compensation_plans_title", sql`length(trim(${table.title})) > 0`),
    check(
      "compensation_plans_withdrawn_whole",
      sql`(${table.withdrawnBy} is null) = (${table.withdrawnOn} is null)`,
    ),
  ],
);

export const compensationSignatures = pgTable(
  "compensation_signatures",
  {
    planId: idText("plan_id")
      .notNull()
      .references(() => compensationPlans.id, { onDelete: "cascade" }),
    seat: seat("seat").notNull(),
    userId: idText("user_id")
      .notNull()
      .references(() => users.id),
    name: text("name").notNull(),
    hash: char("hash", { length: 64 }).notNull(),
    signedAt: timestamp("signed_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.seat] }),
    unique("compensation_signatures_one_a_person").on(table.planId, table.userId),
  ],
);

/** What was paid for a frozen quarter, never changed: later runs add and claw back beside the first (§8.9). */
export const compensationPayments = pgTable(
  "compensation_payments",
  {
    planId: idText("plan_id")
      .notNull()
      .references(() => compensationPlans.id, { onDelete: "cascade" }),
    quarter: text("quarter").notNull(),
    /** 1 is the first. */
    run: integer("run").notNull(),
    /** Canonical JSON: the plan's hash, the seal's digest, and every entry. */
    document: text("document").notNull(),
    digest: char("digest", { length: 64 }).notNull(),
    paidBy: idText("paid_by")
      .notNull()
      .references(() => users.id),
    paidByName: text("paid_by_name").notNull(),
    paidOn: day("paid_on").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.quarter, table.run] }),
    check("compensation_payments_quarter", sql`${table.quarter} ~ '^[0-9]{4}-Q[1-4]$'`),
    check("compensation_payments_run", sql`${table.run} > 0`),
  ],
);
