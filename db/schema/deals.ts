import { sql } from "drizzle-orm";
import {
  boolean,
  char,
  check,
  index,
  integer,
  pgTable,
  smallint,
  text,
  time,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import { accounts } from "./accounts";
import { day, idText, minorUnits, notInFuture, now } from "./columns";
import { dealOutcome, dealType, forecastCategory, route } from "./enums";
import { imports } from "./imports";
import { users } from "./people";

/** Opportunities, mirrored from the CRM or entered by hand (§1). */
export const deals = pgTable(
  "deals",
  {
    id: idText("id").primaryKey(),
    /** The customer's name; null where the CRM export does not say. A trigger keeps it and the account one. */
    account: text("account"),
    accountId: idText("account_id").references(() => accounts.id, { onUpdate: "cascade" }),
    /** What it is called beside its account, "Renewal 2027"; it and what follows are no claims, and no close locks them. */
    name: text("name"),
    /** Where the CRM shows it. */
    crmUrl: text("crm_url"),
    expectedCloseOn: day("expected_close_on"),
    /** Percent, as its owner says it. */
    probability: smallint("probability"),
    forecastCategory: forecastCategory("forecast_category"),
    nextStep: text("next_step"),
    /** The AE's name as the CRM has it; matched to users.ownerName. */
    owner: text("owner").notNull(),
    amount: minorUnits("amount").notNull(),
    currency: char("currency", { length: 3 }).notNull(),
    type: dealType("type").notNull(),
    route: route("route").notNull(),
    createdOn: day("created_on").notNull(),
    closedOn: day("closed_on"),
    outcome: dealOutcome("outcome").notNull(),
    firstEngagedOn: day("first_engaged_on"),
    recreatedFrom: idText("recreated_from"),
    /** The last day on which what closing locks changed: by a correction, or because the CRM says so (§8.3). */
    amendedOn: day("amended_on"),
    /** "No partner involved": the day its AE said so, and who (§8.3). Naming a partner clears it. */
    noPartnerOn: day("no_partner_on"),
    noPartnerBy: idText("no_partner_by").references(() => users.id),
    /** What the stage gate gave the CRM when the deal closed there, as the CRM kept it (§8.3); no fact. */
    gateReceipt: text("gate_receipt"),
    /** The file that last said what stands here; null where none did. */
    importId: idText("import_id").references(() => imports.id),
    /** Raised by every write to the deal or its facts; an edit on an old one is a conflict. */
    version: integer("version").notNull().default(1),
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("deals_id_given", sql`length(${table.id}) > 0`),
    check("deals_amount_not_negative", sql`${table.amount} between 0 and 9007199254740991`),
    check("deals_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check("deals_closed_iff_closed_on", sql`(${table.outcome} = 'open') = (${table.closedOn} is null)`),
    check("deals_closed_not_in_future", notInFuture(table.closedOn)),
    check("deals_amended_not_in_future", notInFuture(table.amendedOn)),
    check("deals_not_recreated_from_itself", sql`${table.recreatedFrom} is distinct from ${table.id}`),
    check(
      "deals_no_partner_by_someone",
      sql`(${table.noPartnerOn} is null) = (${table.noPartnerBy} is null)`,
    ),
    check("deals_crm_url", sql`${table.crmUrl} ~* '^https?://[^[:space:][:cntrl:]]+$'`),
    check("deals_gate_receipt", sql`length(${table.gateReceipt}) between 1 and 20000`),
    check("deals_probability", sql`${table.probability} between 0 and 100`),
    index("deals_account").on(table.accountId, table.id),
    // Lists and numbers read the projection; what reads facts over time asks for these.
    index("deals_closed_on").on(table.closedOn),
    index("deals_created_on").on(table.createdOn),
  ],
);

/** Stages a deal entered; `seq` is the place in the order of entry. */
export const stageEntries = pgTable(
  "stage_entries",
  {
    dealId: idText("deal_id")
      .notNull()
      .references(() => deals.id, { onDelete: "cascade" }),
    seq: integer("seq").notNull(),
    stage: smallint("stage").notNull(),
    enteredOn: day("entered_on").notNull(),
    /** Of that day, where a file has it: it orders the entries of one day. */
    enteredTime: time("entered_time"),
    importId: idText("import_id").references(() => imports.id),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    unique("stage_entries_key").on(table.dealId, table.seq),
    check("stage_entries_stage", sql`${table.stage} between 0 and 6`),
    check("stage_entries_not_in_future", notInFuture(table.enteredOn)),
  ],
);
