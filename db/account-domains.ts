import { sql } from "drizzle-orm";
import type { StoredOfKind, Write } from "@/lib/interchange/stored";
import type { Db } from "./connection/client";
import type { Tx } from "./connection/transaction";
import { accountDomains, accounts } from "./schema/accounts";
import { deals } from "./schema/deals";

type Reader = Pick<Db, "select" | "execute">;

const among = (values: readonly string[]) => sql`any(${sql.param(values)}::text[])`;

/** The domains of each of these accounts, in order. */
export async function addDomains(
  db: Reader,
  found: Record<string, unknown>[],
  ids: readonly string[],
): Promise<void> {
  const rows = await db
    .select()
    .from(accountDomains)
    .where(sql`${accountDomains.accountId} = ${among(ids)}`)
    .orderBy(accountDomains.domain);
  for (const row of found)
    row.domains = rows.filter(({ accountId }) => accountId === row.id).map(({ domain }) => domain);
}

/** Whose each of these domains is, and what that account is called. */
export async function ownersOf(
  db: Reader,
  domains: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  const rows = await db.execute<{ domain: string; id: string; name: string }>(sql`
    select d.domain, a.id, a.name from ${accountDomains} d join ${accounts} a on a.id = d.account_id
    where d.domain = ${among(domains)}`);
  return new Map([...rows].map(({ domain, id, name }) => [domain, { id, name }]));
}

/** Makes these the domains of the accounts that were written: all go before any comes, so that two may swap one. */
export async function saveDomains(tx: Tx, writes: readonly Write<StoredOfKind["accounts"]>[]): Promise<void> {
  const ids = writes.map(({ after }) => after.id);
  await tx.execute(sql`delete from ${accountDomains} where account_id = ${among(ids)}`);
  const told = writes.flatMap(({ after }) =>
    after.domains.map((domain) => ({ domain, account_id: after.id })),
  );
  if (told.length === 0) return;
  await tx.execute(sql`
    insert into ${accountDomains} (domain, account_id)
    select domain, account_id from json_to_recordset(${JSON.stringify(told)}::text::json) as r (domain text, account_id text)`);
}

/** The deals of these accounts, by account. */
export async function dealsOfAccounts(
  tx: Tx,
  ids: readonly string[],
): Promise<{ dealId: string; accountId: string }[]> {
  const rows = await tx.execute<{ dealId: string; accountId: string }>(sql`
    select id as "dealId", account_id as "accountId" from ${deals} where account_id = ${among(ids)} order by id`);
  return [...rows];
}

/** Why each of these accounts cannot go, or go back to the domains it had: in words. */
export async function restingOnAccounts(
  tx: Tx,
  made: readonly string[],
  back: readonly { id: string; domains: readonly string[] }[],
): Promise<Map<string, string>> {
  const names = (table: string) =>
    sql`exists (select from ${sql.identifier(table)} f where f.account_id = a.id)`;
  const rows = await tx.execute<{ id: string; why: string | null }>(sql`
    select a.id, case when ${names("deals")} then 'it has deals' when ${names("registrations")} then 'it is registered'
      when ${names("partner_accounts")} then 'partners are in it' end as why
    from ${accounts} a where a.id = ${among(made)}`);
  const owners = await ownersOf(
    tx,
    back.flatMap(({ domains }) => domains),
  );
  const taken = back.flatMap(({ id, domains }): [string, string][] => {
    const other = domains.map((domain) => owners.get(domain)).find((owner) => owner && owner.id !== id);
    return other ? [[id, `one of its domains is ${other.name}'s now`]] : [];
  });
  return new Map([
    ...[...rows].flatMap(({ id, why }): [string, string][] => (why ? [[id, why]] : [])),
    ...taken,
  ]);
}
