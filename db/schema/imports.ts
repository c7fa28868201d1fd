import { sql } from "drizzle-orm";
import { char, check, integer, jsonb, pgTable, text, timestamp, unique } from "drizzle-orm/pg-core";
import { day, idText, now } from "./columns";
import { evidenceSource } from "./enums";
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
export const imports = pgTable(
  "imports",
  {
    id: idText("id").primaryKey(),
    kind: text("kind").notNull(),
    fileName: text("file_name").notNull(),
    read: integer("read").notNull(),
    created: integer("created").notNull(),
    updated: integer("updated").notNull(),
    unchanged: integer("unchanged").notNull(),
    refused: integer("refused").notNull(),
    importedBy: text("imported_by").notNull(),
    /** Of the file as it was sent; what a second person accepts it by. */
    sha256: char("sha256", { length: 64 }),
    /** The system whose record the file is, where finance has accepted that system as a witness. */
    source: evidenceSource("source"),
    acceptedOn: day("accepted_on"),
    acceptedBy: idText("accepted_by").references(() => users.id),
    at: timestamp("at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("imports_sha256", sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    check("imports_accepted_whole", sql`(${table.acceptedOn} is null) = (${table.acceptedBy} is null)`),
    check(
      "imports_accepted_by_another",
      sql`${table.acceptedBy} is null or ${table.importedBy} <> 'user:' || ${table.acceptedBy}`,
    ),
  ],
);
