import { sql } from "drizzle-orm";
import { boolean, char, check, foreignKey, numeric, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { day, idText, minorUnits, QUARTER_OR_DAYS } from "./columns";
import { costSide } from "./enums";
import { imports } from "./imports";
import { partners } from "./partners";
import { users } from "./people";

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
    /** Who entered it as it stands, and when; null of what a file brought. */
    enteredBy: idText("entered_by").references(() => users.id),
    enteredOn: day("entered_on"),
    /** A link to what shows it: an invoice, a payroll sheet. */
    evidence: text("evidence"),
  },
  (table) => [
    primaryKey({ columns: [table.quarter, table.side, table.category, table.currency] }),
    check("costs_evidence", sql`${table.evidence} ~* '^https?://[^[:space:][:cntrl:]]+$'`),
    check("costs_entered_whole", sql`(${table.enteredBy} is null) = (${table.enteredOn} is null)`),
    check("costs_quarter", sql`${table.quarter} ~ ${QUARTER_OR_DAYS}`),
    check("costs_amount", sql`${table.amount} between 0 and 9007199254740991`),
    check("costs_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** What of a cost went to which partner, where it is known: MDF, incentives. Never more than the cost (§7 metric 4). */
export const costShares = pgTable(
  "cost_shares",
  {
    quarter: text("quarter").notNull(),
    side: costSide("side").notNull(),
    category: text("category").notNull(),
    currency: char("currency", { length: 3 }).notNull(),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id, { onDelete: "cascade" }),
    amount: minorUnits("amount").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.quarter, table.side, table.category, table.currency, table.partnerId] }),
    // With the cost it goes, and to whichever quarter the cost is carried.
    foreignKey({
      name: "cost_shares_of_cost",
      columns: [table.quarter, table.side, table.category, table.currency],
      foreignColumns: [costs.quarter, costs.side, costs.category, costs.currency],
    })
      .onDelete("cascade")
      .onUpdate("cascade"),
    check("cost_shares_amount", sql`${table.amount} between 1 and 9007199254740991`),
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
    check("cost_nones_quarter", sql`${table.quarter} ~ ${QUARTER_OR_DAYS}`),
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
    check("rates_quarter", sql`${table.quarter} ~ ${QUARTER_OR_DAYS}`),
    check("rates_positive", sql`${table.rate} > 0`),
  ],
);
