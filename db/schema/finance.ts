import { sql } from "drizzle-orm";
import { boolean, char, check, numeric, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { day, idText, minorUnits } from "./columns";
import { costSide } from "./enums";
import { imports } from "./imports";
import { users } from "./people";

/**
 * A fiscal quarter, `2017-Q1`; or the first of three months that are no quarter since the fiscal year was changed,
 * `2017-03`: what was recorded for them stays with its days and waits for a year that has them (§8.6).
 */
const QUARTER_OR_MONTHS = sql.raw("'^[0-9]{4}-(Q[1-4]|[01][0-9])$'");

/** What the programme and direct sales cost in a quarter (§7 metric 4). */
export const costs = pgTable(
  "costs",
  {
    quarter: text("quarter").notNull(),
    side: costSide("side").notNull(),
    category: text("category").notNull(),
    amount: minorUnits("amount").notNull(),
    currency: char("currency", { length: 3 }).notNull(),
    importId: idText("import_id").references(() => imports.id),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.quarter, table.side, table.category, table.currency] }),
    check("costs_quarter", sql`${table.quarter} ~ ${QUARTER_OR_MONTHS}`),
    check("costs_amount", sql`${table.amount} between 0 and 9007199254740991`),
    check("costs_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** A cost category of a quarter that finance said has no cost: said, not left out (§8.7). */
export const costNones = pgTable(
  "cost_nones",
  {
    quarter: text("quarter").notNull(),
    side: costSide("side").notNull(),
    category: text("category").notNull(),
    saidBy: idText("said_by").references(() => users.id),
    saidOn: day("said_on").notNull(),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.quarter, table.side, table.category] }),
    check("cost_nones_quarter", sql`${table.quarter} ~ ${QUARTER_OR_MONTHS}`),
  ],
);

/** Reporting currency per unit of a currency in a quarter (§7). */
export const rates = pgTable(
  "rates",
  {
    quarter: text("quarter").notNull(),
    currency: char("currency", { length: 3 }).notNull(),
    rate: numeric("rate", { precision: 24, scale: 12 }).notNull(),
    importId: idText("import_id").references(() => imports.id),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.quarter, table.currency] }),
    check("rates_quarter", sql`${table.quarter} ~ ${QUARTER_OR_MONTHS}`),
    check("rates_positive", sql`${table.rate} > 0`),
  ],
);
