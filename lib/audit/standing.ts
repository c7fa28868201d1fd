import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";

/** A head of the log that was written down beside the log itself. */
export interface StandingHead {
  /** `seal 2026-Q1`, `signature POL-1 finance`. */
  on: string;
  /** As it was signed. */
  head: string;
}

/** The heads that stand on seals and on signatures, in an order that settles. */
export async function standingHeads(db: Db): Promise<StandingHead[]> {
  const rows = await db.execute<StandingHead & Record<string, unknown>>(sql`
    select 'seal ' || quarter as "on", log_head as head from sealed_quarters where log_head is not null
    union all
    select 'signature ' || policy_id || ' ' || seat, log_head from signatures where log_head is not null
    union all
    select 'signature ' || plan_id || ' ' || seat, log_head from compensation_signatures where log_head is not null
    order by 1`);
  return [...rows];
}
