import { sql } from "drizzle-orm";
import { callsOf } from "@/lib/interchange/plan-accounts";
import type { ReadRow } from "@/lib/interchange/read-row";
import type { StoredOfKind } from "@/lib/interchange/stored";
import type { Db } from "./connection/client";

type Reader = Pick<Db, "execute">;
type Account = StoredOfKind["accounts"];

/**
 * The accounts that a deal's name made and that rows of a file are called, by what those are called. One of the demo
 * story stays in it.
 */
export async function ofNames(
  db: Reader,
  rows: readonly ReadRow<"accounts">[],
): Promise<Map<string, Account>> {
  const calls = [...new Set(rows.flatMap(({ row }) => callsOf(row)))];
  const found = await db.execute<Account & { call: string } & Record<string, unknown>>(sql`
    select n.call, a.id, a.name, a.of_name as "ofName",
      array(select domain from account_domains where account_id = a.id) as domains
    from unnest(${sql.param(calls)}::text[]) as n (call)
    join accounts a on lower(a.name) = lower(n.call) and a.of_name and not a.demo
    order by a.created_at desc, a.id desc`);
  return new Map(
    [...found].map(({ call, id, name, ofName, domains }) => [
      call,
      { id, name, ofName, domains: domains.toSorted() },
    ]),
  );
}

/** What the accounts are called whose ids rows of deals or partners name; those that are not there are not among them. */
export async function accountsNamed(
  db: Reader,
  rows: readonly { row: unknown }[],
): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ row }) => {
    const { accountId, accounts } = row as { accountId?: string | null; accounts?: readonly string[] };
    return [accountId ?? [], accounts ?? []].flat();
  });
  if (ids.length === 0) return new Map();
  const found = await db.execute<{ id: string; name: string }>(sql`
    select id, name from accounts where id = any(${sql.param([...new Set(ids)])}::text[])`);
  return new Map([...found].map(({ id, name }) => [id, name]));
}

/** The accounts that a deal or registration of these names joins: of each name the oldest, by the name. */
export async function accountsCalled(
  db: Reader,
  rows: readonly ReadRow<"registrations">[],
): Promise<Map<string, string>> {
  const names = rows.flatMap(({ row }) => row.account ?? []);
  if (names.length === 0) return new Map();
  const found = await db.execute<{ call: string; id: string }>(sql`
    select n.call, a.id from unnest(${sql.param([...new Set(names)])}::text[]) as n (call)
    cross join lateral (
      select id from accounts where lower(name) = lower(trim(n.call)) order by created_at, id limit 1) a`);
  return new Map([...found].map(({ call, id }) => [call, id]));
}

/** The account that each of these deals belongs to, as its trigger has joined it. */
export async function accountsOfDeals(
  db: Reader,
  dealIds: readonly string[],
): Promise<Map<string, { account: string | null; accountId: string | null }>> {
  if (dealIds.length === 0) return new Map();
  const found = await db.execute<{ id: string; account: string | null; accountId: string | null }>(sql`
    select id, account, account_id as "accountId" from deals where id = any(${sql.param(dealIds)}::text[])`);
  return new Map([...found].map(({ id, account, accountId }) => [id, { account, accountId }]));
}
