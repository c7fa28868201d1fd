import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  char,
  check,
  customType,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import { day, idText } from "./columns";
import { tallyKind } from "./enums";

const integers = customType<{ data: number[]; driverData: string }>({ dataType: () => "integer[]" });
const counts = customType<{ data: number[]; driverData: string }>({ dataType: () => "bigint[]" });

const keyColumns = () => ({
  kind: tallyKind("kind").notNull(),
  month: day("month").notNull(),
  countsAs: text("counts_as").notNull(),
  cell: text("cell").notNull(),
  /** Empty where no amount is kept. */
  currency: char("currency", { length: 3 }).notNull(),
  deals: bigint("deals", { mode: "number" }).notNull(),
  /** Minor units, and their squares: exact, however many. */
  amount: numeric("amount").notNull(),
  squares: numeric("squares").notNull(),
});

/**
 * Deals counted by month, or part of one, class and cell (lib/metrics/tally-lines.ts): what the numbers of a quarter are
 * made of. Kept by the writer of judged_deals, as appended changes that a job folds in: of two writers
 * neither waits for the other.
 */
export const tallies = pgTable(
  "tallies",
  {
    ...keyColumns(),
    /** Of kinds with a distribution: values, ascending, and how many deals have each. */
    at: integers("at").notNull().default(sql`'{}'`),
    atDeals: counts("at_deals").notNull().default(sql`'{}'`),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.month, table.countsAs, table.cell, table.currency] }),
    check("tallies_distribution", sql`cardinality(${table.at}) = cardinality(${table.atDeals})`),
  ],
);

/** Changes not folded in yet; whoever reads adds them. */
export const tallyChanges = pgTable(
  "tally_changes",
  {
    seq: bigserial("seq", { mode: "number" }).primaryKey(),
    ...keyColumns(),
    at: integer("at"),
  },
  // Empty but for a moment, and still as wide as the most that ever waited: never read from end to end.
  (table) => [index("tally_changes_kind").on(table.kind, table.month)],
);

/** The lenses that lens_deals holds, and how far their first judging is. */
export const lensRuns = pgTable("lens_runs", {
  /** SHA-256 of the policy whose settings the lenses share. */
  lens: char("lens", { length: 64 }).primaryKey(),
  cursor: idText("cursor"),
  judged: integer("judged").notNull().default(0),
  total: integer("total").notNull(),
  startedAt: timestamp("started_at", { withTimezone: true }).notNull().default(sql`now()`),
  finishedAt: timestamp("finished_at", { withTimezone: true }),
});

/** Deals to look at through the lenses again. */
export const lensQueue = pgTable("lens_queue", {
  seq: bigserial("seq", { mode: "number" }).primaryKey(),
  dealId: idText("deal_id").notNull(),
});
