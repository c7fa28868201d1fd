import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { day, idText, now } from "./columns";
import { partnerKind } from "./enums";
import { imports } from "./imports";
import { users } from "./people";

/** Companies that help sell (§1). A trigger refuses a partner that is its own ancestor (§10). */
export const partners = pgTable(
  "partners",
  {
    id: idText("id").primaryKey(),
    name: text("name").notNull(),
    kind: partnerKind("kind").notNull(),
    parentId: idText("parent_id").references((): AnyPgColumn => partners.id),
    /** The record that this one became, when two stood for one partner; never one that became another itself. */
    mergedInto: idText("merged_into").references((): AnyPgColumn => partners.id),
    /** The partner manager who owns the relationship. */
    ownerId: idText("owner_id").references(() => users.id),
    /** The file that last said what stands here; null where none did. */
    importId: idText("import_id").references(() => imports.id),
    version: integer("version").notNull().default(1),
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("partners_id_given", sql`length(${table.id}) > 0`),
    check("partners_name_given", sql`length(trim(${table.name})) > 0`),
    index("partners_name").on(sql`lower(${table.name})`, table.id),
    index("partners_owner").on(table.ownerId),
    check("partners_not_merged_into_itself", sql`${table.mergedInto} is distinct from ${table.id}`),
    index("partners_merged").on(table.mergedInto).where(sql`${table.mergedInto} is not null`),
    check("partners_not_own_parent", sql`${table.parentId} is distinct from ${table.id}`),
  ],
);

/** People at a partner (§1). A role table names them as text: who is gone from here stays said there. */
export const partnerContacts = pgTable(
  "partner_contacts",
  {
    id: idText("id").primaryKey(),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    email: text("email"),
    /** What they do there. */
    title: text("title"),
    /** A file brought them, and takes them away when it names them no more; who is corrected here stays. */
    ofFile: boolean("of_file").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("partner_contacts_name_given", sql`length(trim(${table.name})) > 0`),
    check("partner_contacts_email", sql`${table.email} ~ '^[^[:space:]@]+@[^[:space:]@]+$'`),
    uniqueIndex("partner_contacts_email_once").on(table.partnerId, sql`lower(${table.email})`),
    index("partner_contacts_partner").on(table.partnerId),
  ],
);

/** The programs a partner is in, each with its days, both included; null is open (§2). */
export const partnerPrograms = pgTable(
  "partner_programs",
  {
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    fromDay: day("from_day"),
    toDay: day("to_day"),
    /** Null when an import brought it. */
    grantedBy: idText("granted_by").references(() => users.id),
  },
  (table) => [
    unique("partner_programs_once").on(table.partnerId, table.name, table.fromDay).nullsNotDistinct(),
    check("partner_programs_name_given", sql`length(trim(${table.name})) > 0`),
    check("partner_programs_days", sql`${table.fromDay} <= ${table.toDay}`),
  ],
);

/** The parents that partners once had: `parentId` up to the day before `untilDay`. What stands is in partners. */
export const partnerParents = pgTable(
  "partner_parents",
  {
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id, { onDelete: "cascade" }),
    parentId: idText("parent_id"),
    untilDay: day("until_day").notNull(),
  },
  (table) => [unique("partner_parents_once").on(table.partnerId, table.untilDay)],
);
