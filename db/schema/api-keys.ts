import { sql } from "drizzle-orm";
import { char, check, index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { userRole } from "./enums";
import { users } from "./people";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** Keys to the API: each is its owner's hand, or a service's, which only reads and brings evidence (§9). */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: idText("id").primaryKey(),
    name: text("name").notNull(),
    /** Whose hand it is; null of a service's. */
    userId: idText("user_id").references(() => users.id, { onDelete: "cascade" }),
    /** What a service is; a person's key has their role at each request. */
    role: userRole("role"),
    scopes: text("scopes").array().notNull(),
    /** SHA-256 of the key, which is kept nowhere. */
    keyHash: char("key_hash", { length: 64 }).notNull().unique(),
    /** How it begins: by it somebody knows which of theirs it is. */
    hint: text("hint").notNull(),
    /** As the audit log names who made it. */
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull().default(now),
    expiresAt: instant("expires_at").notNull(),
    /** Within a minute or so. */
    usedAt: instant("used_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    check("api_keys_one_owner", sql`(${table.userId} is null) = (${table.role} is not null)`),
    check("api_keys_name_given", sql`length(trim(${table.name})) > 0`),
    check("api_keys_scopes_given", sql`cardinality(${table.scopes}) > 0`),
    check(
      "api_keys_services_write_nothing",
      sql`${table.userId} is not null or ${table.scopes} <@ array['read', 'gate', 'evidence']`,
    ),
    check("api_keys_expires", sql`${table.expiresAt} > ${table.createdAt}`),
    index("api_keys_of").on(table.userId),
  ],
);

/**
 * What the processes that serve have drawn of a key's minute. Written to no log of the server's (`unlogged`, by hand in
 * the migration): it is worth nothing after a crash, and every request waits for it.
 */
export const keyTurns = pgTable("key_turns", {
  key: text("key").primaryKey(),
  used: integer("used").notNull(),
  until: instant("until").notNull(),
});
