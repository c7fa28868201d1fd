import { sql } from "drizzle-orm";
import { char, check, index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { userRole } from "./enums";
import { users } from "./people";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** Who somebody is at the company's own sign-in: issuer and subject, whatever their address is (§9). */
export const identities = pgTable(
  "identities",
  {
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    /** Whose it is here; null while they knocked and belong to nobody. */
    userId: idText("user_id").references(() => users.id, { onDelete: "cascade" }),
    /** As the identity provider told them last; nobody is found by either. */
    email: text("email").notNull(),
    name: text("name").notNull(),
    /** As the audit log names who said whose it is. */
    linkedBy: text("linked_by"),
    linkedAt: instant("linked_at"),
    /** When they first came, and last. */
    createdAt: instant("created_at").notNull().default(now),
    seenAt: instant("seen_at").notNull().default(now),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.subject] }),
    index("identities_of_user").on(table.userId),
    check("identities_issuer", sql`${table.issuer} ~ '^https?://[^[:space:]]+$'`),
    check("identities_subject", sql`length(${table.subject}) between 1 and 255`),
    check(
      "identities_linked_whole",
      sql`(${table.userId} is null) = (${table.linkedAt} is null) and (${table.userId} is null) = (${table.linkedBy} is null)`,
    ),
  ],
);

/** Which role each group of the identity provider has here: of several the first in place decides. */
export const signOnGroups = pgTable(
  "sign_on_groups",
  {
    group: text("group_name").primaryKey(),
    role: userRole("role").notNull(),
    place: integer("place").notNull(),
  },
  (table) => [check("sign_on_groups_given", sql`length(trim(${table.group})) > 0`)],
);

export const CHALLENGE_PURPOSES = ["link", "register", "sign"] as const;

/** Something that a person was asked and answers once, within minutes, in the session that asked. */
export const challenges = pgTable(
  "challenges",
  {
    /** SHA-256 of what was handed out, which is kept nowhere. */
    tokenHash: char("token_hash", { length: 64 }).primaryKey(),
    purpose: text("purpose", { enum: CHALLENGE_PURPOSES }).notNull(),
    userId: idText("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: text("session_id").notNull(),
    /** Of a signature: what is signed, and in which seat (lib/commands/in-person.ts). */
    about: char("about", { length: 64 }),
    createdAt: instant("created_at").notNull().default(now),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [
    index("challenges_of_user").on(table.userId, table.createdAt),
    check("challenges_purpose", sql`${table.purpose} in ('link', 'register', 'sign')`),
    check("challenges_about", sql`(${table.purpose} = 'sign') = (${table.about} is not null)`),
    check("challenges_minutes", sql`${table.expiresAt} <= ${table.createdAt} + interval '15 minutes'`),
  ],
);
