import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, timestamp, unique } from "drizzle-orm/pg-core";
import { day, idText, notInFuture, now } from "./columns";
import { deals } from "./deals";
import { inboxKind, userRole } from "./enums";
import { users } from "./people";

/** What of the week's items somebody put off, each until a day on which it comes back by itself. The items are facts. */
export const inboxSnoozes = pgTable(
  "inbox_snoozes",
  {
    userId: idText("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: inboxKind("kind").notNull(),
    subjectId: text("subject_id").notNull(),
    /** The day on which it is there again. */
    until: day("until").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind, table.subjectId] })],
);

/** To whom an item was given: it is theirs while its facts stand. What they may do, their role says. */
export const inboxDelegations = pgTable(
  "inbox_delegations",
  {
    kind: inboxKind("kind").notNull(),
    subjectId: text("subject_id").notNull(),
    /** Null of what is about no deal yet. */
    dealId: idText("deal_id").references(() => deals.id, { onDelete: "cascade" }),
    toId: idText("to_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    byId: idText("by_id").references(() => users.id, { onDelete: "cascade" }),
    delegatedOn: day("delegated_on").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.subjectId] }),
    check("inbox_delegations_not_in_future", notInFuture(table.delegatedOn)),
    check("inbox_delegations_subject_given", sql`length(${table.subjectId}) > 0`),
    index("inbox_delegations_to").on(table.toId, table.kind),
  ],
);

/** The weeks at whose last look the inbox was counted (lib/jobs/count-inbox.ts), each by its Monday. */
export const inboxWeeks = pgTable(
  "inbox_weeks",
  {
    week: day("week").primaryKey(),
    countedOn: day("counted_on").notNull(),
  },
  (table) => [
    check("inbox_weeks_begin_on_monday", sql`extract(isodow from ${table.week}) = 1`),
    check("inbox_weeks_counted_within", sql`${table.countedOn} between ${table.week} and ${table.week} + 6`),
  ],
);

/** What was left of a week, by kind and by who sees to it: a person, else a desk, else nobody. */
export const inboxWeekCounts = pgTable(
  "inbox_week_counts",
  {
    week: day("week")
      .notNull()
      .references(() => inboxWeeks.week, { onDelete: "cascade" }),
    kind: inboxKind("kind").notNull(),
    ownerId: idText("owner_id").references(() => users.id, { onDelete: "cascade" }),
    desk: userRole("desk"),
    items: integer("items").notNull(),
  },
  (table) => [
    unique("inbox_week_counts_once").on(table.week, table.kind, table.ownerId, table.desk).nullsNotDistinct(),
    check("inbox_week_counts_some", sql`${table.items} > 0`),
    check("inbox_week_counts_one_owner", sql`${table.ownerId} is null or ${table.desk} is null`),
  ],
);
