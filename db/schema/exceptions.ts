import { sql } from "drizzle-orm";
import {
  boolean,
  char,
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
import { day, idText, minorUnits, now } from "./columns";
import { decision, decisionSide, exceptionKind, exceptionOrigin, model, outcome } from "./enums";
import { partners } from "./partners";
import { users } from "./people";

/**
 * Gray cases in a quarter's log (§6, §8.6). An exception is open until it is settled: by a decision of
 * both sides, by itself when the facts were put right before close, or by whoever raised it, who withdraws it.
 */
export const exceptions = pgTable(
  "exceptions",
  {
    id: idText("id").primaryKey(),
    /** No reference to deals: the log outlives a deal that the CRM merged into another. */
    dealId: idText("deal_id").notNull(),
    /** Fiscal quarter of the deal's close; of today while the deal is open. */
    quarter: text("quarter").notNull(),
    /** The day that puts it there, whatever the fiscal year: the deal's close, or that of its finding while open. */
    fallsOn: day("falls_on").notNull(),
    kind: exceptionKind("kind").notNull(),
    /** The partner whose claim it is, when it is one partner's. */
    partnerId: idText("partner_id").references(() => partners.id),
    origin: exceptionOrigin("origin").notNull(),
    /** Minor units of `currency`: the deal's amount when it was opened. */
    amount: minorUnits("amount").notNull(),
    currency: char("currency", { length: 3 }).notNull(),
    /** In the words of whoever raised it; null when the module found it. */
    claim: text("claim"),
    /** The facts that made it gray, as they were when it was opened. */
    facts: jsonb("facts").notNull(),
    ownerId: idText("owner_id").references(() => users.id),
    raisedBy: idText("raised_by").references(() => users.id),
    /** Who at the partner contests it by its statement; `raisedBy` then shared the link, and cannot withdraw it. */
    contestedBy: text("contested_by"),
    openedOn: day("opened_on").notNull(),
    openedAt: timestamp("opened_at", { withTimezone: true }).notNull().default(now),
    settledAt: timestamp("settled_at", { withTimezone: true }),
    settledOn: day("settled_on"),
    /** Null while open; `facts` when the facts were put right, `withdrawn` by whoever raised it, else what both sides decided. */
    settlement: text("settlement"),
    /** The id of the ruling or the learning that the decision became. */
    became: idText("became"),
    /** Deferred past the freeze, to whom and until when. */
    deferredTo: idText("deferred_to").references(() => users.id),
    deferredUntil: day("deferred_until"),
    /** Raised by every change; a decision on an older one is a conflict. */
    version: integer("version").notNull().default(1),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [
    check("exceptions_quarter", sql`${table.quarter} ~ '^[0-9]{4}-Q[1-4]$'`),
    check(
      "exceptions_settled_whole",
      sql`num_nulls(${table.settledAt}, ${table.settledOn}, ${table.settlement}) in (0, 3)`,
    ),
    check(
      "exceptions_settlement",
      sql`${table.settlement} in ('facts', 'withdrawn', 'rule_upheld', 'ruling', 'learning')`,
    ),
    check("exceptions_deferred_whole", sql`(${table.deferredTo} is null) = (${table.deferredUntil} is null)`),
    // Found ones are one a deal and gray area at a time; judging is then free to ask for them again.
    uniqueIndex("exceptions_found_once")
      .on(table.dealId, table.kind)
      .where(sql`${table.origin} = 'found' and ${table.settledAt} is null`),
    // A quarter's cases are counted and added up from this index alone.
    index("exceptions_by_quarter").on(
      table.quarter,
      table.settledAt,
      table.settlement,
      table.deferredTo,
      table.dealId,
      table.currency,
      table.amount,
    ),
    // In the order of the log (lib/queries/exception/exception-lines.ts).
    index("exceptions_log").on(
      table.quarter,
      sql`(${table.settledAt} is null) desc`,
      sql`(${table.deferredTo} is null) desc`,
      sql`${table.amount} desc`,
      table.id,
    ),
    // In the order of a review's meeting (lib/queries/review/meeting-cases.ts).
    index("exceptions_meeting").on(table.quarter, table.kind, sql`${table.amount} desc`, table.id),
    // What was decided is what new cases are held against.
    index("exceptions_decided")
      .on(table.kind, table.settlement, table.quarter)
      .where(sql`${table.settlement} in ('rule_upheld', 'ruling', 'learning')`),
    // Since when the oldest of a quarter waits for a side.
    index("exceptions_waiting")
      .on(table.quarter, table.openedOn)
      .where(sql`${table.settledAt} is null and ${table.deferredTo} is null`),
    index("exceptions_deal").on(table.dealId),
    index("exceptions_deferred")
      .on(table.deferredTo, table.deferredUntil)
      .where(sql`${table.settledAt} is null and ${table.deferredTo} is not null`),
  ],
);

/** What people said about it, and what happened to it, in order. Append-only. */
export const exceptionNotes = pgTable(
  "exception_notes",
  {
    id: idText("id").primaryKey(),
    exceptionId: idText("exception_id")
      .notNull()
      .references(() => exceptions.id, { onDelete: "cascade" }),
    /** `comment`, or what happened: `opened`, `closed_by_facts`, `owner`, `deferred`, `deputy`, `voted`, `decided`, `withdrawn`. */
    kind: text("kind").notNull(),
    /** What somebody said: the comment, the claim, the reason. Who and what it is about stands beside it, never in it. */
    text: text("text").notNull(),
    /** Of a vote and a decision: what, and with a ruling for whom. */
    decision: decision("decision"),
    partnerId: idText("partner_id").references(() => partners.id),
    outcome: outcome("outcome"),
    /** The owner, whom it was deferred to, or the deputy; null when nobody any more. */
    personId: idText("person_id").references(() => users.id),
    until: day("until"),
    byId: idText("by_id").references(() => users.id),
    at: timestamp("at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    index("exception_notes_of").on(table.exceptionId, table.at),
    // Cases that were given to somebody are few beside those that judging laid to a partner's owner.
    index("exception_notes_assigned").on(table.personId).where(sql`${table.kind} = 'owner'`),
  ],
);

/** One side's decision: one for finance and one for partnerships, by two people. Equal ones settle it. */
export const exceptionVotes = pgTable(
  "exception_votes",
  {
    exceptionId: idText("exception_id")
      .notNull()
      .references(() => exceptions.id, { onDelete: "cascade" }),
    side: decisionSide("side").notNull(),
    userId: idText("user_id")
      .notNull()
      .references(() => users.id),
    decision: decision("decision").notNull(),
    /** With a ruling: for whom, under which model, what. */
    partnerId: idText("partner_id").references(() => partners.id),
    model: model("model"),
    outcome: outcome("outcome"),
    reason: text("reason").notNull(),
    votedAt: timestamp("voted_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    primaryKey({ name: "exception_votes_one_a_side", columns: [table.exceptionId, table.side] }),
    uniqueIndex("exception_votes_one_a_person").on(table.exceptionId, table.userId),
    check(
      "exception_votes_ruling_whole",
      sql`(${table.decision} = 'ruling') = (num_nulls(${table.partnerId}, ${table.model}, ${table.outcome}) = 0)`,
    ),
    check("exception_votes_reason", sql`length(trim(${table.reason})) > 0`),
  ],
);

/**
 * Who decides in place of a side (§8.6): for one case, or for every case of the side. One of each at a time;
 * naming another ends the former, and what was decided meanwhile stands.
 */
export const deputies = pgTable(
  "deputies",
  {
    id: idText("id").primaryKey(),
    side: decisionSide("side").notNull(),
    userId: idText("user_id")
      .notNull()
      .references(() => users.id),
    /** The one case; null: all of the side's. */
    exceptionId: idText("exception_id").references(() => exceptions.id, { onDelete: "cascade" }),
    namedBy: idText("named_by")
      .notNull()
      .references(() => users.id),
    namedOn: day("named_on").notNull(),
    endedOn: day("ended_on"),
    endedBy: idText("ended_by").references(() => users.id),
  },
  (table) => [
    check("deputies_ended_whole", sql`(${table.endedOn} is null) = (${table.endedBy} is null)`),
    check("deputies_other_person", sql`${table.userId} <> ${table.namedBy}`),
    uniqueIndex("deputies_one_a_side")
      .on(table.side)
      .where(sql`${table.exceptionId} is null and ${table.endedOn} is null`),
    uniqueIndex("deputies_one_a_case").on(table.exceptionId, table.side).where(sql`${table.endedOn} is null`),
    index("deputies_of_person").on(table.userId),
  ],
);
