import { sql } from "drizzle-orm";
import {
  boolean,
  char,
  check,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { NEEDS_DECISION } from "../../lib/metrics/deal-status";
import { day, idText, minorUnits, now } from "./columns";
import { deals } from "./deals";
import { dealOutcome, decidedState, finding, outcome } from "./enums";
import { partners } from "./partners";
import { projectionColumns } from "./projection";

/**
 * What judging made of each deal: a projection with one writer (lib/judging/save.ts), which can be made anew
 * at any time. Its indexes carry the lists: one a sort, each with the id that settles ties.
 */
export const judgedDeals = pgTable(
  "judged_deals",
  {
    /** No reference to deals: what a seal holds counts on when its deal is gone (lib/judging/gone.ts). */
    dealId: idText("deal_id").primaryKey(),
    ...projectionColumns(),
    /** The day the facts were read as of. */
    asOf: day("as_of").notNull(),
    /** First day on which a new judgement can differ without any write; null when time cannot change it. */
    staleOn: day("stale_on"),
    /** What it lends to its cohort (§2): type/band and close day; null when it has a partner or is not won. */
    cohort: text("cohort"),
    cohortOn: day("cohort_on"),
    /** The day on which the owner of an open one expects it to close; null where nobody said, or it is closed. */
    expectedOn: day("expected_on"),
    /** It closes soon (lib/metrics/projected-deal.ts). */
    closesSoon: boolean("closes_soon").notNull(),
    /** Of a closed one, as its month is reconciled (§8.5): when and as what it closed, how far it is decided, what is found. */
    endedOn: day("ended_on"),
    endedAs: dealOutcome("ended_as"),
    decided: decidedState("decided"),
    found: finding("found").array(),
    judgedAt: timestamp("judged_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check(
      "judged_deals_reconciled",
      sql`num_nulls(${table.endedOn}, ${table.endedAs}, ${table.decided}, ${table.found}) in (0, 4)
        and ${table.endedAs} <> 'open' and (${table.decided} = 'clear') = (cardinality(${table.found}) = 0)`,
    ),
    check("judged_deals_hash", sql`${table.policyHash} ~ '^[0-9a-f]{64}$'`),
    // The close besides: of a quarter's number, what closed outside is passed over without a look at the row.
    index("judged_deals_created").on(table.createdOn, table.dealId, table.closedOn),
    index("judged_deals_closed").on(table.closedOn, table.dealId),
    index("judged_deals_amount").on(table.amount, table.dealId),
    index("judged_deals_account").on(sql`lower(${table.account})`, table.dealId),
    index("judged_deals_owner").on(sql`lower(${table.owner})`, table.dealId),
    // A person's own deals, newest first: of one among hundreds, and those still open, which is what they look at.
    index("judged_deals_owned").on(table.owner, table.createdOn, table.dealId),
    index("judged_deals_owned_open")
      .on(table.owner, table.createdOn, table.dealId)
      .where(sql`${table.state} = 'open'`),
    // Open deals with somebody on them, the oldest first: the week's hygiene walks no others.
    index("judged_deals_partnered_open")
      .on(table.createdOn, table.dealId)
      .where(sql`${table.state} = 'open' and ${table.partnerIds} <> '{}'`),
    index("judged_deals_state").on(table.state, table.createdOn, table.dealId),
    index("judged_deals_stage").on(table.stage, table.dealId),
    index("judged_deals_outcome").on(table.outcome, table.dealId),
    index("judged_deals_evidence").on(table.evidence, table.dealId).where(sql`${table.evidence} is not null`),
    // What a number counts, by day and by size.
    index("judged_deals_counted_closed").on(table.closedOn, table.countsAs, table.amount),
    index("judged_deals_counted_size").on(table.countsAs, table.amount, table.closedOn),
    index("judged_deals_partners").using("gin", table.partnerIds),
    // The strips of what waits for somebody are short beside the whole.
    index("judged_deals_undecided")
      .on(table.createdOn, table.dealId)
      .where(sql`${table.status} in (${sql.raw(NEEDS_DECISION.map((one) => `'${one}'`).join(", "))})`),
    index("judged_deals_status").on(table.status, table.dealId),
    index("judged_deals_closing").on(table.createdOn, table.dealId).where(sql`${table.closesSoon}`),
    index("judged_deals_closing_status").on(table.status, table.dealId).where(sql`${table.closesSoon}`),
    index("judged_deals_expected")
      .on(table.expectedOn, table.dealId)
      .where(sql`${table.expectedOn} is not null and ${table.state} = 'open'`),
    index("judged_deals_disputed").on(table.createdOn, table.dealId).where(sql`${table.disputed}`),
    index("judged_deals_stale").on(table.staleOn).where(sql`${table.staleOn} is not null`),
    // A month's closed deals, what is still to decide first; with what they are narrowed by.
    index("judged_deals_reconciling")
      .on(table.decided, table.endedOn, table.dealId, table.endedAs, table.found)
      .where(sql`${table.decided} is not null`),
    // Holds all that is read of a cohort (lib/judging/cohorts.ts).
    index("judged_deals_cohort")
      .on(table.cohort, table.cohortOn, table.cycleDays, table.dealId)
      .where(sql`${table.cohort} is not null`),
  ],
);

/** The partners' shares of a deal's outcome. */
export const partnerOutcomes = pgTable(
  "partner_outcomes",
  {
    dealId: idText("deal_id")
      .notNull()
      .references(() => judgedDeals.dealId, { onDelete: "cascade" }),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id),
    outcome: outcome("outcome").notNull(),
    /** The better outcome it would have with its own gaps filled. */
    disputed: outcome("disputed"),
    /** Minor units of the deal's currency credited under `outcome`; 0 where nothing is credited. */
    credit: minorUnits("credit").notNull(),
    rule: text("rule").notNull(),
    /** Of the deal's projection: a partner's deals are walked from the newest, all of them or those still open. */
    createdOn: day("created_on").notNull(),
    state: dealOutcome("state").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.dealId, table.partnerId] }),
    check("partner_outcomes_credit", sql`${table.credit} >= 0`),
    index("partner_outcomes_newest").on(table.partnerId, table.createdOn, table.dealId),
    index("partner_outcomes_disputed")
      .on(table.partnerId, table.dealId)
      .where(sql`${table.disputed} is not null`),
    index("partner_outcomes_open")
      .on(table.partnerId, table.createdOn, table.dealId)
      .where(sql`${table.state} = 'open'`),
  ],
);

/**
 * What judging read of each deal, as a line (lib/attribution/packed.ts), by the same writer: whoever judges all of them
 * under other policies reads these, many times faster than the facts. A deal without one, or whose judgement is
 * stale, is read from its facts.
 */
export const packedFacts = pgTable("packed_facts", {
  dealId: idText("deal_id")
    .primaryKey()
    .references(() => deals.id, { onDelete: "cascade" }),
  /** How the line is written: one of another form is not read. */
  form: smallint("form").notNull(),
  line: text("line").notNull(),
  /** The day the facts were read as of, since when the line says the same. */
  asOf: day("as_of").notNull(),
  /** As in the deal's row: which of them are asked for. */
  createdOn: day("created_on").notNull(),
  closedOn: day("closed_on"),
});

/** Each deal through the lenses of the policy in force (lib/judging/lenses.ts); one set of lenses at a time. */
export const lensDeals = pgTable(
  "lens_deals",
  {
    dealId: idText("deal_id")
      .primaryKey()
      .references(() => deals.id, { onDelete: "cascade" }),
    twoBucket: outcome("two_bucket").notNull(),
    tripleTier: outcome("triple_tier").notNull(),
    roiBuckets: outcome("roi_buckets").notNull(),
    lanes: outcome("lanes").notNull(),
    amount: minorUnits("amount").notNull(),
    currency: char("currency", { length: 3 }).notNull(),
    createdOn: day("created_on").notNull(),
    closedOn: day("closed_on"),
    /** The cohort it was compared with, by which its outcome may move; null when it was with none. */
    cohort: text("cohort"),
    staleOn: day("stale_on"),
  },
  (table) => [
    index("lens_deals_created").on(table.createdOn),
    index("lens_deals_closed").on(table.closedOn),
    index("lens_deals_stale").on(table.staleOn).where(sql`${table.staleOn} is not null`),
    index("lens_deals_cohort").on(table.cohort, table.closedOn).where(sql`${table.cohort} is not null`),
  ],
);
