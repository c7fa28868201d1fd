import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { ProjectedDeal } from "@/lib/metrics/projected-deal";
import type { DealSource } from "../deals/deal-source";

/** A deal behind a number, as a pack lists it. */
export type BehindDeal = Pick<
  ProjectedDeal,
  | "id"
  | "account"
  | "owner"
  | "amount"
  | "currency"
  | "type"
  | "route"
  | "createdOn"
  | "closedOn"
  | "outcome"
  | "attribution"
  | "evidence"
  | "confirmedBeforeClose"
  | "engagedOn"
>;

/** The deals that a quarter's numbers depend on (§7), of the living or of a seal, in order of id. */
export async function dealsOfQuarter(
  db: Db,
  { table }: DealSource,
  { from, to }: { from: Day; to: Day },
): Promise<BehindDeal[]> {
  const rows = await db.execute<BehindDeal & Record<string, unknown>>(sql`
    select d.deal_id as id, d.account, d.owner, d.amount::float8 as amount, d.currency, d.type::text as type,
      d.route::text as route, d.created_on::text as "createdOn", d.closed_on::text as "closedOn",
      d.state::text as outcome, d.outcome::text as attribution, d.evidence::text as evidence,
      d.confirmed_before_close as "confirmedBeforeClose", d.engaged_on::text[] as "engagedOn"
    from ${table} d
    where d.created_on between ${from}::date and ${to}::date or d.closed_on between ${from}::date and ${to}::date
      or (d.created_on <= ${to}::date and (d.closed_on is null or d.closed_on > ${to}::date))
    order by d.deal_id`);
  return [...rows];
}
