import { sql } from "drizzle-orm";
import { check, index, pgTable, smallint, text, timestamp } from "drizzle-orm/pg-core";
import { day, idText, notInFuture, now } from "./columns";
import { deals } from "./deals";
import { partners } from "./partners";
import { users } from "./people";
import { sellingPlays } from "./selling-plays";

/** What is done next with a partner on a deal (§1), where no activity brought it: no fact, nothing is judged by it. */
export const jointSteps = pgTable(
  "joint_steps",
  {
    id: idText("id").primaryKey(),
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id, { onDelete: "cascade" }),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id),
    what: text("what").notNull(),
    dueOn: day("due_on"),
    /** Who sees to it. */
    ownerId: idText("owner_id")
      .notNull()
      .references(() => users.id),
    /** The selling play that planned it, and in which of its weeks. */
    playId: idText("play_id").references(() => sellingPlays.id, { onDelete: "set null" }),
    playWeek: smallint("play_week"),
    recordedOn: day("recorded_on").notNull(),
    recordedBy: idText("recorded_by").references(() => users.id),
    doneOn: day("done_on"),
    doneBy: idText("done_by").references(() => users.id),
    /** Of one that was not done: the day on which its play was parked or ended, and it with it. */
    closedOn: day("closed_on"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("joint_steps_what_given", sql`length(trim(${table.what})) > 0`),
    check("joint_steps_not_in_future", notInFuture(table.recordedOn)),
    check("joint_steps_done_not_in_future", notInFuture(table.doneOn)),
    check("joint_steps_done_or_closed", sql`num_nonnulls(${table.doneOn}, ${table.closedOn}) < 2`),
    index("joint_steps_deal").on(table.dealId),
    index("joint_steps_play").on(table.playId).where(sql`${table.playId} is not null`),
    index("joint_steps_open").on(table.ownerId, table.dueOn).where(sql`${table.doneOn} is null`),
  ],
);
