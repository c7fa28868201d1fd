import { sql } from "drizzle-orm";
import type { Tx } from "./connection/transaction";

/** The deals that a partner, or a partner below it, is on: judged again when its programs or parent change. */
export async function dealsOfFamilies(tx: Tx, partnerIds: readonly string[]): Promise<string[]> {
  if (partnerIds.length === 0) return [];
  const rows = await tx.execute<{ deal_id: string }>(sql`
    with recursive family as (
      select id from partners where id = any(${sql.param(partnerIds)}::text[])
      union select p.id from partners p join family f on p.parent_id = f.id)
    select deal_id from role_rows where partner_id in (select id from family)
    union select deal_id from registrations where partner_id in (select id from family)
    union select deal_id from activities where partner_id in (select id from family)
    union select deal_id from rulings where partner_id in (select id from family)`);
  return rows.map(({ deal_id }) => deal_id);
}

/** Naming a partner on a deal takes back that nobody was involved (§8.3). Gives the deals so corrected. */
export async function takeBackNoPartner(tx: Tx, dealIds: readonly string[]): Promise<NoPartner[]> {
  if (dealIds.length === 0) return [];
  const rows = await tx.execute<{ id: string; no_partner_on: string; no_partner_by: string }>(sql`
    with before as (
      select id, no_partner_on::text as no_partner_on, no_partner_by from deals
      where id = any(${sql.param(dealIds)}::text[]) and no_partner_on is not null for no key update
    ), cleared as (
      update deals set no_partner_on = null, no_partner_by = null from before where deals.id = before.id
    ) select * from before`);
  return rows.map((row) => ({
    dealId: row.id,
    noPartnerOn: row.no_partner_on,
    noPartnerBy: row.no_partner_by,
  }));
}

interface NoPartner {
  dealId: string;
  noPartnerOn: string;
  noPartnerBy: string;
}
