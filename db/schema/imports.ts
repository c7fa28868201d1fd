import { sql } from "drizzle-orm";
import { bigint, char, check, integer, jsonb, pgTable, text, timestamp, unique } from "drizzle-orm/pg-core";
import type { Unmapped } from "@/lib/interchange/unmapped";
import { day, idText, now } from "./columns";
import { connections } from "./connections";
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

/** One file: what it was, who brought it, what became of its rows, and whoever accepted it or took it back. */
export const imports = pgTable(
  "imports",
  {
    id: idText("id").primaryKey(),
    kind: text("kind").notNull(),
    fileName: text("file_name").notNull(),
    /** Of the file as it was sent; what a second person accepts it by. */
    sha256: char("sha256", { length: 64 }),
    bytes: bigint("bytes", { mode: "number" }),
    /** The system that the file came from, as whoever brought it says; only connections witness (§1). */
    source: evidenceSource("source"),
    read: integer("read").notNull().default(0),
    created: integer("created").notNull().default(0),
    updated: integer("updated").notNull().default(0),
    unchanged: integer("unchanged").notNull().default(0),
    refused: integer("refused").notNull().default(0),
    /** Values that its mapping did not translate, with the rows that each refused. */
    unmapped: jsonb("unmapped").$type<Unmapped[]>().notNull().default([]),
    importedBy: text("imported_by").notNull(),
    /** The connection that brought it; null for a file. */
    connectionId: idText("connection_id").references(() => connections.id),
    /** When its first rows landed. */
    at: timestamp("at", { withTimezone: true }).notNull().default(now),
    /** When its last rows did; null while it lands, or where it was cut off. */
    finishedAt: timestamp("finished_at", { withTimezone: true }),
    acceptedOn: day("accepted_on"),
    acceptedBy: idText("accepted_by").references(() => users.id),
    takenBackAt: timestamp("taken_back_at", { withTimezone: true }),
    /** An actor, as `importedBy` is. */
    takenBackBy: text("taken_back_by"),
  },
  (table) => [
    check("imports_sha256", sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    check("imports_accepted_whole", sql`(${table.acceptedOn} is null) = (${table.acceptedBy} is null)`),
    check(
      "imports_accepted_by_another",
      sql`${table.acceptedBy} is null or ${table.importedBy} <> 'user:' || ${table.acceptedBy}`,
    ),
    check("imports_taken_back_whole", sql`(${table.takenBackAt} is null) = (${table.takenBackBy} is null)`),
    check("imports_accepted_or_taken_back", sql`${table.acceptedOn} is null or ${table.takenBackAt} is null`),
  ],
);
