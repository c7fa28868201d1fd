import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";

/** What a registration collides with: an open deal, or another registration that is not rejected. */
export interface Collision {
  registrationId: string;
  kind: "deal" | "registration";
  id: string;
}

/**
 * What each of these registrations collides with: of its account, or of the account that its domain is known by,
 * the open deals but its own and the registrations of others; and those that gave the same domain (§1).
 */
export async function collisionsOf(db: Db, registrationIds: readonly string[]): Promise<Collision[]> {
  if (registrationIds.length === 0) return [];
  const rows = await db.execute<{ registrationId: string; kind: Collision["kind"]; id: string }>(sql`
    with asked as (
      select g.id, g.deal_id, g.domain, coalesce(g.account_id, d.account_id) as account_id
      from registrations g left join deals d on d.id = g.deal_id
      where g.id = any(${sql.param([...registrationIds])}::text[])
    ), about as (
      select id, deal_id, account_id from asked where account_id is not null
      union select r.id, r.deal_id, a.account_id from asked r join account_domains a on a.domain = r.domain
    )
    select distinct * from (
      select a.id as "registrationId", 'deal' as kind, d.id from about a join deals d on d.account_id = a.account_id
        where d.outcome = 'open' and d.id is distinct from a.deal_id
      union all select a.id, 'registration', g.id from about a join registrations g on g.account_id = a.account_id
        where ${ANOTHER}
      union all select a.id, 'registration', g.id from about a join deals d on d.account_id = a.account_id
        join registrations g on g.deal_id = d.id where ${ANOTHER}
      union all select a.id, 'registration', g.id from about a join account_domains k on k.account_id = a.account_id
        join registrations g on g.domain = k.domain where ${ANOTHER}
      union all select a.id, 'registration', g.id from asked a join registrations g on g.domain = a.domain
        where ${ANOTHER}
    ) c order by 1, 2, 3`);
  return [...rows];
}

const ANOTHER: SQL = sql`g.id <> a.id and g.status <> 'rejected'`;
