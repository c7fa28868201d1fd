import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, check, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { partnerKind } from "./enums";
import { users } from "./people";

/** Companies that help sell (§1). A trigger refuses a partner that is its own ancestor (§10). */
export const partners = pgTable(
  "partners",
  {
    id: idText("id").primaryKey(),
    name: text("name").notNull(),
    kind: partnerKind("kind").notNull(),
    parentId: idText("parent_id").references((): AnyPgColumn => partners.id),
    programs: text("programs").array().notNull().default(sql`'{}'`),
    /** The partner manager who owns the relationship. */
    ownerId: idText("owner_id").references(() => users.id),
    version: integer("version").notNull().default(1),
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("partners_id_given", sql`length(${table.id}) > 0`),
    check("partners_name_given", sql`length(trim(${table.name})) > 0`),
    check("partners_not_own_parent", sql`${table.parentId} is distinct from ${table.id}`),
  ],
);
