import { sql } from "drizzle-orm";
import { boolean, char, check, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { day, idText, minorUnits, QUARTER_OR_DAYS } from "./columns";
import { users } from "./people";

/** What a quarter is to bring by sourced or by influenced credit, in all or by who looks after the partners (§7 targets). */
export const targets = pgTable(
  "targets",
  {
    quarter: text("quarter").notNull(),
    /** `sourced` or `influenced`. */
    line: text("line").notNull(),
    /** Null is the whole company. */
    ownerId: idText("owner_id").references(() => users.id, { onDelete: "cascade" }),
    amount: minorUnits("amount").notNull(),
    currency: char("currency", { length: 3 }).notNull(),
    setBy: idText("set_by").references(() => users.id, { onDelete: "set null" }),
    setOn: day("set_on").notNull(),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [
    uniqueIndex("targets_one").on(table.quarter, table.line, sql`coalesce(${table.ownerId}, '')`),
    check("targets_quarter", sql`${table.quarter} ~ ${QUARTER_OR_DAYS}`),
    check("targets_line", sql`${table.line} in ('sourced', 'influenced')`),
    check("targets_amount", sql`${table.amount} between 1 and 9007199254740991`),
    check("targets_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
);
