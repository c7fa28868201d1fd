import { sql } from "drizzle-orm";
import { type AnyPgColumn, customType } from "drizzle-orm/pg-core";

/**
 * A sender's or our own id. Collation "C" orders by code unit whatever the server's locale,
 * as results must be (domain.md §6).
 */
export const idText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text COLLATE "C"',
});

/** A calendar day. The driver hands it over as `YYYY-MM-DD`; no time zone can touch it. */
export const day = customType<{ data: string; driverData: string }>({ dataType: () => "date" });

/** Whole minor units. bigint in the database, a safe integer in the program. */
export const minorUnits = customType<{ data: number; driverData: string | number }>({
  dataType: () => "bigint",
  fromDriver: (value) => {
    const amount = Number(value);
    if (!Number.isSafeInteger(amount)) throw new RangeError(`${value} minor units exceed what is exact`);
    return amount;
  },
});

/**
 * The pattern of a proof (domain.md §10), matched without regard to case: a web link or a reference
 * to a note. The heart's rule, lib/attribution/field-rules.ts, is the same.
 */
export const PROOF_PATTERN =
  "^(https?://[^[:space:][:cntrl:]/?#]|note:[^[:space:][:cntrl:]])[^[:space:][:cntrl:]]*$";

export const now = sql`now()`;

/**
 * "Not in the future" (domain.md §10) as any server sees it: one day of grace, because a company east of
 * Greenwich is already in tomorrow. The company's own day is asked at the door.
 */
export const notInFuture = (column: AnyPgColumn) => sql`${column} <= (now() at time zone 'UTC')::date + 1`;

/**
 * A fiscal quarter, `2017-Q1`; or days that are no quarter since the fiscal year was changed, three months by their
 * first, `2017-03`, others as they are: what was recorded for them stays with them and waits for a year that has them (§8.6).
 */
export const QUARTER_OR_DAYS = sql.raw(
  "'^[0-9]{4}-(Q[1-4]|[01][0-9]|[01][0-9]-[0-3][0-9]\\.\\.[0-9]{4}-[01][0-9]-[0-3][0-9])$'",
);
