import { integer, jsonb, pgTable, text, timestamp, unique } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { users } from "./people";

/** Saved mappings for foreign CSVs (imports.md). */
export const mappings = pgTable(
  "mappings",
  {
    id: idText("id").primaryKey(),
    name: text("name").notNull(),
    kind: text("kind").notNull(),
    document: jsonb("document").notNull(),
    createdBy: idText("created_by").references(() => users.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [unique("mappings_name").on(table.name)],
);

/** One landed file: what it was and what became of its rows. */
export const imports = pgTable("imports", {
  id: idText("id").primaryKey(),
  kind: text("kind").notNull(),
  fileName: text("file_name").notNull(),
  read: integer("read").notNull(),
  created: integer("created").notNull(),
  updated: integer("updated").notNull(),
  unchanged: integer("unchanged").notNull(),
  refused: integer("refused").notNull(),
  importedBy: text("imported_by").notNull(),
  at: timestamp("at", { withTimezone: true }).notNull().default(now),
});
