import { sql } from "drizzle-orm";
import type { Tx } from "./connection/transaction";

/** An account that a deal's name made, and the one that a file calls so from now on. */
export type Joined = readonly [from: string, to: string];

const pairs = (joined: readonly Joined[]) => sql`unnest(
  ${sql.param(joined.map(([from]) => from))}::text[], ${sql.param(joined.map(([, to]) => to))}::text[]) as n (was, now)`;

/** Gives up their domains, which the other one is to have. Before that one is written. */
export async function giveUpDomains(tx: Tx, joined: readonly Joined[]): Promise<void> {
  if (joined.length === 0) return;
  await tx.execute(sql`delete from account_domains d using ${pairs(joined)} where d.account_id = n.was`);
}

/** What names them names the other one, and they go. Answers their deals, which are locked. */
export async function joinAccounts(tx: Tx, joined: readonly Joined[]): Promise<string[]> {
  if (joined.length === 0) return [];
  const moved = await tx.execute<{ id: string }>(sql`
    update deals d set account_id = n.now from ${pairs(joined)} where d.account_id = n.was returning d.id`);
  for (const table of ["registrations", "evidence_proposals", "selling_play_clients"])
    await tx.execute(sql`
      update ${sql.identifier(table)} t set account_id = n.now from ${pairs(joined)} where t.account_id = n.was`);
  // A partner that is in both is in the one already.
  await tx.execute(sql`
    insert into partner_accounts (partner_id, account_id, said_on, said_by)
    select p.partner_id, n.now, p.said_on, p.said_by from partner_accounts p join ${pairs(joined)} on p.account_id = n.was
    on conflict do nothing`);
  await tx.execute(sql`delete from accounts a using ${pairs(joined)} where a.id = n.was`);
  return [...moved].map(({ id }) => id);
}
