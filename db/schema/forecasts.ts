import { sql } from "drizzle-orm";
import { boolean, char, check, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { day, idText, minorUnits, now } from "./columns";
import { users } from "./people";

/** A week's forecast as it stood, kept once and never changed (§7 forecast). */
export const forecastSnapshots = pgTable(
  "forecast_snapshots",
  {
    /** The week's Monday. */
    week: day("week").primaryKey(),
    takenOn: day("taken_on").notNull(),
    takenAt: timestamp("taken_at", { withTimezone: true }).notNull().default(now),
    /** Canonical JSON: deals with their probability and what they come to, rates, what left since the week before. */
    document: text("document").notNull(),
    /** SHA-256 over the document. */
    digest: char("digest", { length: 64 }).notNull(),
    /** What is in commit, as the document has it: deals, their amounts, and those at their probability. */
    deals: integer("deals").notNull(),
    amount: minorUnits("amount").notNull(),
    weighted: minorUnits("weighted").notNull(),
    currency: char("currency", { length: 3 }).notNull(),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [
    check("forecast_snapshots_monday", sql`extract(isodow from ${table.week}) = 1`),
    check(
      "forecast_snapshots_in_its_week",
      sql`${table.takenOn} between ${table.week} and ${table.week} + 6`,
    ),
    check("forecast_snapshots_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** Finance's signature over a week's commit, by its digest. */
export const forecastSignatures = pgTable("forecast_signatures", {
  week: day("week")
    .primaryKey()
    .references(() => forecastSnapshots.week, { onDelete: "cascade" }),
  userId: idText("user_id")
    .notNull()
    .references(() => users.id),
  /** As it was when they signed. */
  name: text("name").notNull(),
  digest: char("digest", { length: 64 }).notNull(),
  signedAt: timestamp("signed_at", { withTimezone: true }).notNull().default(now),
});
