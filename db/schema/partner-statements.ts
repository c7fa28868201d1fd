import { sql } from "drizzle-orm";
import { boolean, char, check, index, pgTable, timestamp } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { partners } from "./partners";
import { users } from "./people";

/** Links by which a partner sees its own deals and outcomes, and nothing else, until a day or until revoked. */
export const partnerStatements = pgTable(
  "partner_statements",
  {
    id: idText("id").primaryKey(),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id, { onDelete: "cascade" }),
    /** SHA-256 of the link's token, which is kept nowhere. */
    tokenHash: char("token_hash", { length: 64 }).notNull().unique(),
    /** Whether the amounts of its deals stand on it. */
    amounts: boolean("amounts").notNull(),
    sharedBy: idText("shared_by")
      .notNull()
      .references(() => users.id),
    sharedAt: timestamp("shared_at", { withTimezone: true }).notNull().default(now),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (table) => [
    check("partner_statements_expires", sql`${table.expiresAt} > ${table.sharedAt}`),
    index("partner_statements_of").on(table.partnerId, table.sharedAt),
  ],
);
