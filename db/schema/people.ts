import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { userRole } from "./enums";

/** People who sign in. Switching one off or changing a role raises sessionVersion (§9). */
export const users = pgTable(
  "users",
  {
    id: idText("id").primaryKey(),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    role: userRole("role").notNull(),
    /** What the CRM calls this person as a deal's owner; makes a deal "their own". */
    ownerName: text("owner_name").unique(),
    passwordHash: text("password_hash").notNull(),
    sessionVersion: integer("session_version").notNull().default(1),
    disabledAt: timestamp("disabled_at", { withTimezone: true }),
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("users_email_lowercase", sql`${table.email} = lower(${table.email})`),
    check("users_name_given", sql`length(trim(${table.name})) > 0`),
  ],
);
