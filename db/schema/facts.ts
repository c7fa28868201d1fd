import { sql } from "drizzle-orm";
import {
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
import { day, idText, notInFuture, now, PROOF_PATTERN } from "./columns";
import { deals } from "./deals";
import { involvement, model, outcome, partnerRole, registrationStatus } from "./enums";
import { partners } from "./partners";
import { users } from "./people";

/** Deal registrations from the PRM (§1). */
export const registrations = pgTable(
  "registrations",
  {
    id: idText("id").primaryKey(),
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id, { onDelete: "cascade" }),
    partnerId: idText("partner_id")
      .notNull()
      .references(() => partners.id),
    submittedOn: day("submitted_on").notNull(),
    status: registrationStatus("status").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("registrations_not_in_future", notInFuture(table.submittedOn)),
    index("registrations_deal").on(table.dealId),
    index("registrations_partner").on(table.partnerId),
  ],
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
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    unique("role_rows_once").on(table.dealId, table.partnerId, table.role),
    check("role_rows_stage", sql`${table.touchStage} between 0 and 6`),
    check("role_rows_touched_before_recorded", sql`${table.touchedOn} <= ${table.recordedOn}`),
    check("role_rows_not_in_future", notInFuture(table.recordedOn)),
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
    /** Who logged it; null when an import brought it. */
    ownerId: idText("owner_id").references(() => users.id),
    nextStep: text("next_step"),
    nextStepDueOn: day("next_step_due_on"),
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
    check("activities_due_needs_step", sql`${table.nextStepDueOn} is null or ${table.nextStep} is not null`),
    index("activities_deal").on(table.dealId),
    index("activities_partner").on(table.partnerId, table.occurredOn),
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
