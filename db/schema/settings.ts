import { sql } from "drizzle-orm";
import { boolean, char, check, integer, pgTable, smallint, text, timestamp } from "drizzle-orm/pg-core";

/** The one row of company settings. */
export const settings = pgTable(
  "settings",
  {
    id: smallint("id").primaryKey().default(1),
    company: text("company").notNull().default("Your company"),
    /** 1 to 12 (§1 quarter). */
    fiscalFirstMonth: integer("fiscal_first_month").notNull().default(1),
    reportingCurrency: char("reporting_currency", { length: 3 }).notNull().default("USD"),
    /** True while the demo story is in the database. */
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check("settings_single_row", sql`${table.id} = 1`),
    check("settings_month", sql`${table.fiscalFirstMonth} between 1 and 12`),
    check("settings_currency", sql`${table.reportingCurrency} ~ '^[A-Z]{3}$'`),
  ],
);
