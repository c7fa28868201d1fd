import { type SQL, sql } from "drizzle-orm";

/**
 * The median of numbers that the database has: the mean of the middle two where they are even, nothing of nothing. The
 * same as `medianOf` (lib/metrics/statistics), of values that need not leave the database; a test holds it to that.
 */
export const medianIn = (values: SQL): SQL =>
  sql`percentile_cont(0.5) within group (order by ${values})::float8`;
