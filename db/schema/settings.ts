import { sql } from "drizzle-orm";
import { boolean, char, check, integer, pgTable, smallint, text, timestamp } from "drizzle-orm/pg-core";
import { CALENDAR_YEAR, type FiscalYear, WEEKDAYS, YEAR_ENDS, type YearEnd } from "../../lib/calendar";
import { day } from "./columns";

/** The one row of company settings; `fiscalYear` below reads three of its columns as one thing. */
export const settings = pgTable(
  "settings",
  {
    id: smallint("id").primaryKey().default(1),
    company: text("company").notNull().default("Your company"),
    /** 1 to 12 (§1 quarter). */
    fiscalFirstMonth: integer("fiscal_first_month").notNull().default(1),
    /** Whether a fiscal year is named by the calendar year it ends or starts in (§1 quarter). */
    fiscalNamedBy: text("fiscal_named_by", { enum: ["end", "start"] })
      .notNull()
      .default("end"),
    /** The day it ends on: a month's last, or the weekday that ends its last week (§1 quarter). */
    fiscalEndsOn: text("fiscal_ends_on", { enum: YEAR_ENDS as [YearEnd, ...YearEnd[]] })
      .notNull()
      .default("month_end"),
    /** IANA: the days of everything are days in it (§9). The first start puts the server's. */
    timeZone: text("time_zone").notNull().default("UTC"),
    /** When somebody said so; null while it is what the server had, and admins are asked. */
    timeZoneSaidOn: day("time_zone_said_on"),
    reportingCurrency: char("reporting_currency", { length: 3 }).notNull().default("USD"),
    /** How many days a partner waits for the answer to a registration, at most. */
    registrationAnswerDays: smallint("registration_answer_days").notNull().default(5),
    /** How long an approved registration keeps other partners off, unless its approval says otherwise. */
    registrationProtectionDays: smallint("registration_protection_days").notNull().default(90),
    /** From which close day on the CRM asks the stage gate (§8.3); null while it asks for none. */
    gateFrom: day("gate_from"),
    /** Where people reach the app, for the links in notices; null for what the server was started with. */
    publicAddress: text("public_address"),
    /** Types that the company took over from the library of activities (§1). */
    addedActivities: text("added_activities").array().notNull().default(sql`'{}'`),
    /** Percent of each stage, 0 to 6, by which open sourced pipeline is in commit (§7 forecast). */
    stageProbabilities: smallint("stage_probabilities")
      .array()
      .notNull()
      .default(sql`'{0,10,20,40,60,80,90}'`),
    /** In which claim the identity provider says somebody's groups (§9). */
    signOnGroupsClaim: text("sign_on_groups_claim").notNull().default("groups"),
    /** Whether who comes by single sign-on in a group that has a role here is let in though nobody named them. */
    signOnProvisions: boolean("sign_on_provisions").notNull().default(false),
    /** Since when nobody signs in with a password; null while people may. */
    passwordsOffSince: timestamp("passwords_off_since", { withTimezone: true }),
    /** How many days is kept what nobody needs for good (docs/operations.md): whence somebody signed in, sessions, */
    keptWhenceDays: smallint("kept_whence_days").notNull().default(365),
    keptSessionDays: smallint("kept_session_days").notNull().default(90),
    /** first answers to writes that may be repeated, what people were told, what webhooks were sent, */
    keptRepeatDays: smallint("kept_repeat_days").notNull().default(7),
    keptNoticeDays: smallint("kept_notice_days").notNull().default(180),
    keptDeliveryDays: smallint("kept_delivery_days").notNull().default(30),
    /** and mails, calls and notes that evidence was read from, once all of it was answered. */
    keptOriginalDays: smallint("kept_original_days").notNull().default(730),
    /** True while the demo story is in the database. */
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check("settings_single_row", sql`${table.id} = 1`),
    check("settings_month", sql`${table.fiscalFirstMonth} between 1 and 12`),
    check("settings_named_by", sql`${table.fiscalNamedBy} in ('end', 'start')`),
    check(
      "settings_ends_on",
      sql.raw(`"settings"."fiscal_ends_on" ~ '^(month_end|(nearest|last)_(${WEEKDAYS.join("|")}))$'`),
    ),
    check("settings_time_zone", sql`${table.timeZone} ~ '^[A-Za-z][A-Za-z0-9_+/-]*$'`),
    check("settings_registration_answer", sql`${table.registrationAnswerDays} between 1 and 90`),
    check("settings_registration_protection", sql`${table.registrationProtectionDays} between 1 and 730`),
    check(
      "settings_stage_probabilities",
      sql`cardinality(${table.stageProbabilities}) = 7 and 0 <= all (${table.stageProbabilities}) and 100 >= all (${table.stageProbabilities})`,
    ),
    check("settings_public_address", sql`${table.publicAddress} ~ '^https?://[^[:space:]/?#]+$'`),
    check("settings_groups_claim", sql`length(trim(${table.signOnGroupsClaim})) > 0`),
    check(
      "settings_kept",
      sql`least(${table.keptWhenceDays}, ${table.keptRepeatDays}, ${table.keptNoticeDays}, ${table.keptDeliveryDays}, ${table.keptOriginalDays}) >= 1
        and ${table.keptSessionDays} >= 30
        and greatest(${table.keptWhenceDays}, ${table.keptSessionDays}, ${table.keptRepeatDays}, ${table.keptNoticeDays}, ${table.keptDeliveryDays}, ${table.keptOriginalDays}) <= 3650`,
    ),
    check("settings_currency", sql`${table.reportingCurrency} ~ '^[A-Z]{3}$'`),
  ],
);

/** For a select: the company's fiscal year as lib/calendar.ts takes it. */
export const fiscalYear = {
  firstMonth: settings.fiscalFirstMonth,
  namedBy: settings.fiscalNamedBy,
  endsOn: settings.fiscalEndsOn,
};

/** The same of a row that was read; the calendar year before anybody said anything. */
export const yearOf = (row?: typeof settings.$inferSelect): FiscalYear =>
  row
    ? { firstMonth: row.fiscalFirstMonth, namedBy: row.fiscalNamedBy, endsOn: row.fiscalEndsOn }
    : CALENDAR_YEAR;
