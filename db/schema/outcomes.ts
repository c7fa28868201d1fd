import { sql } from "drizzle-orm";
import {
  boolean,
  char,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { day, idText, minorUnits, now } from "./columns";
import { deals } from "./deals";
import { grayCode, outcome } from "./enums";
import { partners } from "./partners";

/** What judging made of each deal: a projection with one writer (lib/judging/outcomes.ts), rebuildable at any time. */
export const dealOutcomes = pgTable(
  "deal_outcomes",
  {
    dealId: idText("deal_id")
      .primaryKey()
      .references(() => deals.id, { onDelete: "cascade" }),
    outcome: outcome("outcome").notNull(),
    disputed: boolean("disputed").notNull(),
    gray: grayCode("gray").array().notNull().default(sql`'{}'`),
    /** SHA-256 of the policy that judged. */
    policyHash: char("policy_hash", { length: 64 }).notNull(),
    /** The day the facts were read as of. */
    asOf: day("as_of").notNull(),
    /** First day on which a new judgement can differ without any write; null when time cannot change it. */
    staleOn: day("stale_on"),
    /** What it lends to its cohort (§2): type/band, close day and days to close; null when it has a partner or is not won. */
    cohort: text("cohort"),
    cohortOn: day("cohort_on"),
    cycleDays: integer("cycle_days"),
    judgedAt: timestamp("judged_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    index("deal_outcomes_outcome").on(table.outcome),
    index("deal_outcomes_stale").on(table.staleOn),
    check("deal_outcomes_hash", sql`${table.policyHash} ~ '^[0-9a-f]{64}$'`),
  ],
);

/** The partners' shares of a deal's outcome. */
export const partnerOutcomes = pgTable(
  "partner_outcomes",
  {
    dealId: idText("deal_id")
      .notNull()
      .references(() => dealOutcomes.dealId, { onDelete: "cascade" }),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id),
    outcome: outcome("outcome").notNull(),
    /** The better outcome it would have with its own gaps filled. */
    disputed: outcome("disputed"),
    /** Minor units of the deal's currency credited under `outcome`; 0 where nothing is credited. */
    credit: minorUnits("credit").notNull(),
    rule: text("rule").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.dealId, table.partnerId] }),
    check("partner_outcomes_credit", sql`${table.credit} >= 0`),
    index("partner_outcomes_partner").on(table.partnerId, table.outcome),
  ],
);
