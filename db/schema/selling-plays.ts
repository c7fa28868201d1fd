import { sql } from "drizzle-orm";
import {
  check,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { accounts } from "./accounts";
import { day, idText, notInFuture, now } from "./columns";
import { deals } from "./deals";
import { playDecision } from "./enums";
import { partners } from "./partners";
import { users } from "./people";

/** Four weeks that bring a partner into motion (§8.4): no fact, its steps are next joint steps. */
export const sellingPlays = pgTable(
  "selling_plays",
  {
    id: idText("id").primaryKey(),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id, { onDelete: "cascade" }),
    /** One buyer profile, one business problem, one short script, one outcome smaller than a closed deal. */
    buyer: text("buyer").notNull(),
    problem: text("problem").notNull(),
    script: text("script").notNull(),
    outcome: text("outcome").notNull(),
    /** Who sees to it, and decides it in its fourth week. */
    ownerId: idText("owner_id")
      .notNull()
      .references(() => users.id),
    startedOn: day("started_on").notNull(),
    startedBy: idText("started_by")
      .notNull()
      .references(() => users.id),
    decision: playDecision("decision"),
    decidedOn: day("decided_on"),
    decidedBy: idText("decided_by").references(() => users.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check(
      "selling_plays_decided_whole",
      sql`num_nulls(${table.decision}, ${table.decidedOn}, ${table.decidedBy}) in (0, 3)`,
    ),
    check("selling_plays_not_in_future", notInFuture(table.startedOn)),
    index("selling_plays_of").on(table.partnerId, table.startedOn),
    uniqueIndex("selling_plays_one_runs").on(table.partnerId).where(sql`${table.decision} is null`),
  ],
);

/** The clients that fit its buyer, the one to start with first; each a deal, or an account that has none yet. */
export const sellingPlayClients = pgTable(
  "selling_play_clients",
  {
    playId: idText("play_id")
      .notNull()
      .references(() => sellingPlays.id, { onDelete: "cascade" }),
    place: smallint("place").notNull(),
    dealId: idText("deal_id").references(() => deals.id, { onDelete: "cascade" }),
    accountId: idText("account_id").references(() => accounts.id, {
      onDelete: "cascade",
      onUpdate: "cascade",
    }),
  },
  (table) => [
    primaryKey({ columns: [table.playId, table.place] }),
    check("selling_play_clients_one", sql`num_nonnulls(${table.dealId}, ${table.accountId}) = 1`),
    check("selling_play_clients_place", sql`${table.place} between 1 and 5`),
    index("selling_play_clients_deal").on(table.dealId),
    index("selling_play_clients_account").on(table.accountId),
  ],
);
