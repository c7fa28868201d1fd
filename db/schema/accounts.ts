import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { day, idText, now } from "./columns";
import { partners } from "./partners";
import { users } from "./people";

/**
 * Customers (§1). One is there as soon as a deal names it: a trigger of the deals sees to it. An id may change, when
 * the account that a name made is brought under its sender's; what names it follows.
 */
export const accounts = pgTable(
  "accounts",
  {
    id: idText("id")
      .primaryKey()
      .default(sql`'AC-' || upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 12))`),
    name: text("name").notNull(),
    /** Made by a name that a deal or a registration gave: nobody entered it, no file brought it. */
    ofName: boolean("of_name").notNull().default(false),
    version: integer("version").notNull().default(1),
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("accounts_id_given", sql`length(${table.id}) > 0`),
    check("accounts_name_given", sql`length(trim(${table.name})) > 0`),
    // Two customers may share a name; whoever is only named is the older one.
    index("accounts_name").on(sql`lower(${table.name})`, table.id),
  ],
);

/** The domains an account is known by: each is one account's alone. */
export const accountDomains = pgTable(
  "account_domains",
  {
    domain: text("domain").primaryKey(),
    accountId: idText("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade", onUpdate: "cascade" }),
  },
  (table) => [
    check("account_domains_written", sql`${table.domain} ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$'`),
    index("account_domains_account").on(table.accountId),
  ],
);

/** Which partners are in which accounts, on a deal or not (§1). */
export const partnerAccounts = pgTable(
  "partner_accounts",
  {
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id, { onDelete: "cascade" }),
    accountId: idText("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade", onUpdate: "cascade" }),
    saidOn: day("said_on").notNull(),
    /** Null when an import brought it. */
    saidBy: idText("said_by").references(() => users.id),
  },
  (table) => [
    primaryKey({ columns: [table.partnerId, table.accountId] }),
    index("partner_accounts_account").on(table.accountId),
  ],
);
