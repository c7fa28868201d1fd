import { sql } from "drizzle-orm";
import {
  boolean,
  char,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import { day, idText, notInFuture, now } from "./columns";
import { deals } from "./deals";
import { partnerSaid } from "./enums";
import { partners } from "./partners";
import { users } from "./people";

/** Links by which a partner sees its own deals and outcomes, and nothing else, until a day or until revoked. */
export const partnerStatements = pgTable(
  "partner_statements",
  {
    id: idText("id").primaryKey(),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id, { onDelete: "cascade" }),
    /** SHA-256 of the link's token, which is kept nowhere. */
    tokenHash: char("token_hash", { length: 64 }).notNull().unique(),
    /** Whether the amounts of its deals stand on it. */
    amounts: boolean("amounts").notNull(),
    /** The contact of the partner's who answers by it, as they were called then; null of a link that only shows. */
    answeredBy: text("answered_by"),
    answeredFrom: text("answered_from"),
    sharedBy: idText("shared_by")
      .notNull()
      .references(() => users.id),
    sharedAt: timestamp("shared_at", { withTimezone: true }).notNull().default(now),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (table) => [
    check("partner_statements_expires", sql`${table.expiresAt} > ${table.sharedAt}`),
    check(
      "partner_statements_answered_whole",
      sql`(${table.answeredBy} is null) = (${table.answeredFrom} is null)`,
    ),
    index("partner_statements_of").on(table.partnerId, table.sharedAt),
  ],
);

/** What a partner said of a line of its statement: once a link and deal. For two hands it is the hand of who shared it. */
export const partnerWords = pgTable(
  "partner_words",
  {
    id: idText("id").primaryKey(),
    statementId: idText("statement_id")
      .notNull()
      .references(() => partnerStatements.id, { onDelete: "cascade" }),
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id, { onDelete: "cascade" }),
    said: partnerSaid("said").notNull(),
    /** Why it contests; null of what it confirms. */
    words: text("words"),
    /** The case that its contest became. */
    exceptionId: idText("exception_id"),
    saidOn: day("said_on").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    unique("partner_words_once").on(table.statementId, table.dealId),
    check(
      "partner_words_contested_for_a_reason",
      sql`(${table.said} = 'contested') = (${table.words} is not null)`,
    ),
    check("partner_words_not_in_future", notInFuture(table.saidOn)),
    index("partner_words_deal").on(table.dealId),
  ],
);

/** The facts that a partner confirmed, each as it read then: said otherwise since, it is confirmed no more. */
export const partnerWordFacts = pgTable(
  "partner_word_facts",
  {
    wordId: idText("word_id")
      .notNull()
      .references(() => partnerWords.id, { onDelete: "cascade" }),
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id, { onDelete: "cascade" }),
    factId: idText("fact_id").notNull(),
    claim: text("claim").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.wordId, table.factId] }),
    index("partner_word_facts_deal").on(table.dealId),
  ],
);
