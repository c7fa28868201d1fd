import { sql } from "drizzle-orm";
import { check, pgTable, timestamp } from "drizzle-orm/pg-core";
import { day, idText, notInFuture, now } from "./columns";
import { activities } from "./facts";
import { users } from "./people";

/** What became of a warm introduction (§8.4): no fact, nothing is judged by it, and it goes with its activity. */
export const introductions = pgTable(
  "introductions",
  {
    activityId: idText("activity_id")
      .primaryKey()
      .references(() => activities.id, { onDelete: "cascade" }),
    /** The day of our first response to it, and who said so. */
    answeredOn: day("answered_on"),
    answeredBy: idText("answered_by").references(() => users.id),
    /** The day on which the partner was told what came of it, and who said so. */
    loopedBackOn: day("looped_back_on"),
    loopedBackBy: idText("looped_back_by").references(() => users.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("introductions_answered_not_in_future", notInFuture(table.answeredOn)),
    check("introductions_looped_back_not_in_future", notInFuture(table.loopedBackOn)),
    check("introductions_answered_whole", sql`(${table.answeredOn} is null) = (${table.answeredBy} is null)`),
    check(
      "introductions_looped_back_whole",
      sql`(${table.loopedBackOn} is null) = (${table.loopedBackBy} is null)`,
    ),
  ],
);
