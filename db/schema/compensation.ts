import { sql } from "drizzle-orm";
import { char, check, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { day, idText } from "./columns";
import { users } from "./people";
import { documentChecks, documentColumns, signatureColumns } from "./signed-document";

/** What sourced and influenced credit pays: a document of its own, signed after the policy (§8.10). */
export const compensationPlans = pgTable(
  "compensation_plans",
  {
    ...documentColumns(),
    /** Of lib/metrics/compensation.ts; a plan is final as it is drafted. */
    canonical: text("canonical").notNull(),
    hash: char("hash", { length: 64 }).notNull(),
  },
  (table) => [
    ...documentChecks("compensation_plans", table),
    check("compensation_plans_title", sql`length(trim(${table.title})) > 0`),
  ],
);

export const compensationSignatures = pgTable(
  "compensation_signatures",
  {
    planId: idText("plan_id")
      .notNull()
      .references(() => compensationPlans.id, { onDelete: "cascade" }),
    ...signatureColumns(),
  },
  (table) => [
    primaryKey({ name: "compensation_signatures_one_a_seat", columns: [table.planId, table.seat] }),
    unique("compensation_signatures_one_a_person").on(table.planId, table.userId),
  ],
);

/** What was paid for a frozen quarter, never changed: later runs add and claw back beside the first (§8.10). */
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
