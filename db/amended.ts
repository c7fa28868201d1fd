import { type SQL, sql } from "drizzle-orm";
import { deals } from "./schema/deals";

const LOCKED = [
  deals.amount,
  deals.currency,
  deals.type,
  deals.route,
  deals.closedOn,
  deals.outcome,
  deals.firstEngagedOn,
];

/** What the CRM says of a closed deal's locked columns may differ from what it said: the deal is amended then. */
export function amended(today: string): SQL {
  const of = (row: string) =>
    sql.join(
      LOCKED.map(({ name }) => sql`${sql.identifier(row)}.${sql.identifier(name)}`),
      sql`, `,
    );
  return sql`amended_on = case when deals.outcome <> 'open' and (${of("deals")}) is distinct from (${of("excluded")})
    then greatest(${today}::date, deals.amended_on, deals.closed_on) else deals.amended_on end`;
}
