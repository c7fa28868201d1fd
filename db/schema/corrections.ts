import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { day, idText, now } from "./columns";
import { deals } from "./deals";
import { correctionState } from "./enums";
import { users } from "./people";

/** What a closed deal says of itself, put right by two: who asks, and finance that accepts (§8.3). */
export const corrections = pgTable(
  "corrections",
  {
    id: idText("id").primaryKey(),
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id, { onDelete: "cascade" }),
    /** The locked columns it would change, by name, as they stood when it was proposed and as they would be. */
    before: jsonb("before").notNull(),
    after: jsonb("after").notNull(),
    reason: text("reason").notNull(),
    proposedOn: day("proposed_on").notNull(),
    proposedBy: idText("proposed_by")
      .notNull()
      .references(() => users.id),
    state: correctionState("state").notNull().default("proposed"),
    decidedOn: day("decided_on"),
    decidedBy: idText("decided_by").references(() => users.id),
    /** Why it was declined; nothing is asked of who accepts or withdraws. */
    answer: text("answer"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("corrections_reason", sql`length(trim(${table.reason})) > 0`),
    check(
      "corrections_decided_whole",
      sql`num_nulls(${table.decidedOn}, ${table.decidedBy})
        = case ${table.state} when 'proposed' then 2 else 0 end`,
    ),
    check(
      "corrections_two_hands",
      sql`${table.state} not in ('accepted', 'declined') or ${table.decidedBy} <> ${table.proposedBy}`,
    ),
    index("corrections_deal").on(table.dealId),
  ],
);
