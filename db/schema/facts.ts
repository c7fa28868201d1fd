import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgSequence,
  pgTable,
  smallint,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import { accounts } from "./accounts";
import { day, idText, notInFuture, now, PROOF_PATTERN } from "./columns";
import { deals } from "./deals";
import { evidenceSource, involvement, model, outcome, partnerRole, registrationStatus } from "./enums";
import { imports } from "./imports";
import { partnerStatements } from "./partner-statements";
import { partners } from "./partners";
import { users } from "./people";

/** Deal registrations from the PRM (§1): of a deal, or of an account before there is one. */
export const registrations = pgTable(
  "registrations",
  {
    id: idText("id").primaryKey(),
    dealId: idText("deal_id").references(() => deals.id, { onDelete: "cascade" }),
    /** The account that it names; of a deal's, the deal says which. */
    accountId: idText("account_id").references(() => accounts.id, { onUpdate: "cascade" }),
    /** The customer's domain as the partner gave it. */
    domain: text("domain"),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id),
    submittedOn: day("submitted_on").notNull(),
    recordedOn: day("recorded_on").notNull(),
    /** Null when an import brought it. */
    recordedBy: idText("recorded_by").references(() => users.id),
    status: registrationStatus("status").notNull(),
    decidedOn: day("decided_on"),
    decidedBy: idText("decided_by").references(() => users.id),
    /** Why it was decided so. */
    reason: text("reason"),
    /** The last day on which an approved one keeps other partners off; null is never asked. */
    protectedUntil: day("protected_until"),
    source: evidenceSource("source"),
    importId: idText("import_id").references(() => imports.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("registrations_not_in_future", sql`${table.submittedOn} <= ${table.recordedOn}`),
    check("registrations_recorded_not_in_future", notInFuture(table.recordedOn)),
    check(
      "registrations_pending_undecided",
      sql`(${table.status} = 'pending') = (${table.decidedOn} is null)
        and (${table.status} <> 'pending' or ${table.decidedBy} is null)`,
    ),
    check("registrations_decided_not_in_future", notInFuture(table.decidedOn)),
    check(
      "registrations_decided_after_recorded",
      sql`${table.decidedBy} is null or ${table.recordedOn} <= ${table.decidedOn}`,
    ),
    check("registrations_two_hands", sql`${table.decidedBy} <> ${table.recordedBy}`),
    check(
      "registrations_rejected_for_a_reason",
      sql`${table.status} <> 'rejected' or ${table.decidedBy} is null or length(trim(${table.reason})) > 0`,
    ),
    check("registrations_of_something", sql`num_nonnulls(${table.dealId}, ${table.accountId}) > 0`),
    check("registrations_domain", sql`${table.domain} ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$'`),
    check(
      "registrations_protected_when_approved",
      sql`${table.protectedUntil} is null or (${table.status} = 'approved' and ${table.protectedUntil} >= ${table.decidedOn})`,
    ),
    index("registrations_deal").on(table.dealId),
    index("registrations_account").on(table.accountId),
    index("registrations_domain_given").on(table.domain).where(sql`${table.domain} is not null`),
    index("registrations_queue").on(table.status, table.submittedOn, table.id),
    index("registrations_partner").on(table.partnerId),
  ],
);

/** What was decided about a registration before it was decided otherwise: a look at a past day is true. */
export const registrationDecisions = pgTable(
  "registration_decisions",
  {
    registrationId: idText("registration_id")
      .notNull()
      .references(() => registrations.id, { onDelete: "cascade" }),
    status: registrationStatus("status").notNull(),
    decidedOn: day("decided_on").notNull(),
    decidedBy: idText("decided_by").references(() => users.id),
    reason: text("reason"),
    at: timestamp("at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [index("registration_decisions_of").on(table.registrationId)],
);

/** The lines of a deal's role table (§1). One per partner and role (§10). */
export const roleRows = pgTable(
  "role_rows",
  {
    id: idText("id").primaryKey(),
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id, { onDelete: "cascade" }),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id),
    role: partnerRole("role").notNull(),
    contact: text("contact"),
    touchStage: smallint("touch_stage").notNull(),
    touchedOn: day("touched_on").notNull(),
    recordedOn: day("recorded_on").notNull(),
    /** Null when an import brought it. */
    recordedBy: idText("recorded_by").references(() => users.id),
    confirmedOn: day("confirmed_on"),
    confirmedBy: idText("confirmed_by").references(() => users.id),
    /** Who last rewrote what it claims, and so stands behind it instead of who recorded it. */
    changedBy: idText("changed_by").references(() => users.id),
    /** The AE's answer to a row that was proposed; a refused row is no fact. */
    refusedOn: day("refused_on"),
    refusedBy: idText("refused_by").references(() => users.id),
    refusedReason: text("refused_reason"),
    source: evidenceSource("source"),
    importId: idText("import_id").references(() => imports.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    unique("role_rows_once").on(table.dealId, table.partnerId, table.role),
    check("role_rows_stage", sql`${table.touchStage} between 0 and 6`),
    check("role_rows_touched_before_recorded", sql`${table.touchedOn} <= ${table.recordedOn}`),
    check("role_rows_not_in_future", notInFuture(table.recordedOn)),
    check(
      "role_rows_refused_whole",
      sql`num_nulls(${table.refusedOn}, ${table.refusedBy}, ${table.refusedReason}) in (0, 3)`,
    ),
    check("role_rows_confirmed_or_refused", sql`${table.refusedOn} is null or ${table.confirmedOn} is null`),
    check("role_rows_refused_by_another", sql`${table.refusedBy} <> ${table.recordedBy}`),
    index("role_rows_partner").on(table.partnerId),
  ],
);

/** What partners did (§1). */
export const activities = pgTable(
  "activities",
  {
    id: idText("id").primaryKey(),
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id, { onDelete: "cascade" }),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id),
    /** A type of the activity menu; policy data, so text. */
    type: text("type").notNull(),
    stage: smallint("stage").notNull(),
    occurredOn: day("occurred_on").notNull(),
    recordedOn: day("recorded_on").notNull(),
    proof: text("proof"),
    involvement: involvement("involvement").notNull(),
    source: evidenceSource("source"),
    importId: idText("import_id").references(() => imports.id),
    /** Who logged it; null when an import brought it. */
    recordedBy: idText("recorded_by").references(() => users.id),
    /** The link by which the partner itself told it; `recordedBy` then shared that link. */
    statementId: idText("statement_id").references((): AnyPgColumn => partnerStatements.id, {
      onDelete: "set null",
    }),
    /** Who last rewrote what happened, and so stands behind it instead of who recorded it. */
    changedBy: idText("changed_by").references(() => users.id),
    /** The second person who stands behind it (§1 evidence). */
    vouchedOn: day("vouched_on"),
    vouchedBy: idText("vouched_by").references(() => users.id),
    /** Who looks after its next step. */
    ownerId: idText("owner_id").references(() => users.id),
    nextStep: text("next_step"),
    nextStepDueOn: day("next_step_due_on"),
    nextStepDoneOn: day("next_step_done_on"),
    nextStepDoneBy: idText("next_step_done_by").references(() => users.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("activities_type", sql`${table.type} ~ '^[a-z][a-z0-9_]{0,63}$'`),
    check("activities_stage", sql`${table.stage} between 0 and 6`),
    check(
      "activities_proof",
      sql`${table.proof} is null or ${table.proof} ~* ${sql.raw(`'${PROOF_PATTERN}'`)}`,
    ),
    check("activities_not_in_future", sql`${table.occurredOn} <= ${table.recordedOn}`),
    check("activities_recorded_not_in_future", notInFuture(table.recordedOn)),
    check("activities_vouched_whole", sql`(${table.vouchedOn} is null) = (${table.vouchedBy} is null)`),
    check(
      "activities_two_hands",
      sql`${table.vouchedBy} <> coalesce(${table.changedBy}, ${table.recordedBy})`,
    ),
    check("activities_step_done_not_in_future", notInFuture(table.nextStepDoneOn)),
    check("activities_due_needs_step", sql`${table.nextStepDueOn} is null or ${table.nextStep} is not null`),
    index("activities_deal").on(table.dealId),
    index("activities_partner").on(table.partnerId, table.occurredOn),
    index("activities_step_open")
      .on(table.ownerId, table.nextStepDueOn)
      .where(sql`${table.nextStep} is not null and ${table.nextStepDoneOn} is null`),
    // By hash: a link may be longer than a btree takes.
    index("activities_proof_link").using("hash", table.proof),
  ],
);

/** Rulings are in order by day, then by id (§5): ids count up from here, each drawn while its deal is locked. */
export const rulingOrder = pgSequence("ruling_order");

/** Decisions that enter the classification as one more fact and never edit another (§1, §5). */
export const rulings = pgTable(
  "rulings",
  {
    id: idText("id").primaryKey(),
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id),
    model: model("model").notNull(),
    outcome: outcome("outcome").notNull(),
    decidedOn: day("decided_on").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
    version: integer("version").notNull().default(1),
  },
  (table) => [index("rulings_deal").on(table.dealId)],
);
