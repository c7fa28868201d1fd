import { sql } from "drizzle-orm";
import {
  boolean,
  char,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { users } from "./people";
import { sealedQuarters } from "./reviews";

/**
 * An auditor's sample of a frozen quarter's closed deals (§8.11): drawn by a seed from the seal, ticked deal by deal, signed
 * off by another auditor, and after that never changed.
 */
export const auditSamples = pgTable(
  "audit_samples",
  {
    id: idText("id").primaryKey(),
    quarter: text("quarter")
      .notNull()
      .references(() => sealedQuarters.quarter, { onDelete: "cascade" }),
    /** Of the seal that it was drawn from. */
    digest: char("digest", { length: 64 }).notNull(),
    /** By deals or by amount (lib/metrics/audit-sample.ts). */
    method: text("method").notNull(),
    seed: text("seed").notNull(),
    /** As many as were asked for. */
    size: integer("size").notNull(),
    drawnBy: idText("drawn_by")
      .notNull()
      .references(() => users.id),
    drawnByName: text("drawn_by_name").notNull(),
    drawnAt: timestamp("drawn_at", { withTimezone: true }).notNull().default(now),
    signedOffBy: idText("signed_off_by").references(() => users.id),
    signedOffByName: text("signed_off_by_name"),
    signedOffAt: timestamp("signed_off_at", { withTimezone: true }),
    conclusion: text("conclusion"),
    demo: boolean("demo").notNull().default(false),
  },
  (table) => [
    check("audit_samples_method", sql`${table.method} in ('deals', 'amount')`),
    check("audit_samples_seed", sql`length(trim(${table.seed})) > 0`),
    check("audit_samples_size", sql`${table.size} between 1 and 200`),
    check(
      "audit_samples_signed_off_whole",
      sql`num_nulls(${table.signedOffBy}, ${table.signedOffByName}, ${table.signedOffAt}, ${table.conclusion}) in (0, 4)`,
    ),
    check("audit_samples_two_hands", sql`${table.signedOffBy} <> ${table.drawnBy}`),
    check("audit_samples_conclusion", sql`length(trim(${table.conclusion})) > 0`),
    index("audit_samples_quarter").on(table.quarter, table.drawnAt),
  ],
);

/** The deals of a sample in the order in which they were drawn, each with what an auditor found. */
export const sampledDeals = pgTable(
  "sampled_deals",
  {
    sampleId: idText("sample_id")
      .notNull()
      .references(() => auditSamples.id, { onDelete: "cascade" }),
    dealId: idText("deal_id").notNull(),
    /** From 1. */
    place: integer("place").notNull(),
    verdict: text("verdict"),
    note: text("note"),
    tickedBy: idText("ticked_by").references(() => users.id),
    tickedByName: text("ticked_by_name"),
    tickedAt: timestamp("ticked_at", { withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.sampleId, table.dealId] }),
    check("sampled_deals_verdict", sql`${table.verdict} in ('holds', 'does_not_hold')`),
    check(
      "sampled_deals_ticked_whole",
      sql`num_nulls(${table.verdict}, ${table.tickedBy}, ${table.tickedByName}, ${table.tickedAt}) in (0, 4)`,
    ),
    check("sampled_deals_says_why", sql`${table.verdict} <> 'does_not_hold' or ${table.note} is not null`),
    check("sampled_deals_note", sql`length(trim(${table.note})) > 0`),
  ],
);
