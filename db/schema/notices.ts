import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { deals } from "./deals";
import { chat, noticeChoice, noticeKind, noticeState } from "./enums";
import { users } from "./people";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/**
 * The outbox: what somebody is told, written in the transaction of what it tells of. A job delivers it; who
 * takes a row holds it until a moment, and after that it is anybody's again.
 */
export const notices = pgTable(
  "notices",
  {
    id: idText("id").primaryKey(),
    kind: noticeKind("kind").notNull(),
    toId: idText("to_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Whose act it tells of; null of the digest. */
    byId: idText("by_id").references(() => users.id, { onDelete: "cascade" }),
    /** The write that it tells of, as the log names it. */
    request: text("request").notNull(),
    dealId: idText("deal_id").references(() => deals.id, { onDelete: "cascade" }),
    /** What its words are made of (lib/text/notice-words.ts), as it was then. */
    about: jsonb("about").notNull(),
    /** Of what is told once, whoever finds it due first. */
    onceKey: text("once_key").unique(),
    state: noticeState("state").notNull().default("waiting"),
    /** Not before; after a try that failed, its next one. */
    dueAt: instant("due_at").notNull().default(now),
    /** Until when whoever is sending it holds it. */
    heldUntil: instant("held_until"),
    attempts: integer("attempts").notNull().default(0),
    /** By which way the last try went. */
    way: noticeChoice("way"),
    /** Why the last try failed, or why there was none. */
    problem: text("problem"),
    sentAt: instant("sent_at"),
    createdAt: instant("created_at").notNull().default(now),
  },
  (table) => [
    check("notices_sent", sql`(${table.state} = 'sent') = (${table.sentAt} is not null)`),
    check("notices_attempts", sql`${table.attempts} >= 0`),
    index("notices_due").on(table.dueAt).where(sql`${table.state} = 'waiting'`),
    index("notices_of").on(table.toId, table.createdAt),
    index("notices_latest").on(table.createdAt),
    index("notices_of_request").on(table.request),
  ],
);

/** How somebody wants to be told of a kind; by mail where nothing was chosen. */
export const noticeChoices = pgTable(
  "notice_choices",
  {
    userId: idText("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: noticeKind("kind").notNull(),
    choice: noticeChoice("choice").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind] })],
);

/** The company's channels: where what people want told in chat is posted, a team's own or everybody's. */
export const chatChannels = pgTable(
  "chat_channels",
  {
    id: idText("id").primaryKey(),
    chat: chat("chat").notNull(),
    name: text("name").notNull(),
    /** The team whose people are told there; null for everybody else. */
    team: text("team"),
    /** The incoming webhook's address. Who knows it can post there: it is never shown again. */
    address: text("address").notNull(),
    createdAt: instant("created_at").notNull().default(now),
  },
  (table) => [
    check("chat_channels_address", sql`${table.address} ~ '^https?://[^[:space:]]+$'`),
    check("chat_channels_name_given", sql`length(trim(${table.name})) > 0`),
    uniqueIndex("chat_channels_one_a_team").on(sql`coalesce(${table.team}, '')`),
  ],
);
