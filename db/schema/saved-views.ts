import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { users } from "./people";

/** What somebody keeps of the deals list under a name: its address, which is all that a view is. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: idText("id").primaryKey(),
    ownerId: idText("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** Filters, order and columns as the page's address says them: what stands after its question mark. */
    address: text("address").notNull(),
    /** Whether everybody finds it in their list. */
    shared: boolean("shared").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("saved_views_name_given", sql`length(trim(${table.name})) > 0`),
    check("saved_views_address_short", sql`length(${table.address}) <= 2000`),
    uniqueIndex("saved_views_name_once").on(table.ownerId, sql`lower(${table.name})`),
    index("saved_views_shared").on(table.shared).where(sql`${table.shared}`),
  ],
);
