import { eq, sql } from "drizzle-orm";
import { lockDeals } from "@/db/interchange";
import { accounts } from "@/db/schema/accounts";
import { deals } from "@/db/schema/deals";
import type { WriteContext } from "../verb";
import { domainsOf, keepDomains, mustHaveAccount } from "./load";

/** An account as the audit log knows it. */
export interface AccountStand {
  id: string;
  name: string;
  domains: string[];
}

export type AccountChanges = Partial<Omit<AccountStand, "id">>;

/** An account as it stands, locked, with its deals: the deals first, in everybody's order, when its name is to change. */
export async function lockAccount(
  context: WriteContext,
  accountId: string,
  { renames }: { renames: boolean },
): Promise<{ before: AccountStand; dealIds: string[] }> {
  const { tx } = context;
  const named = await tx.select({ id: deals.id }).from(deals).where(eq(deals.accountId, accountId));
  const dealIds = named.map(({ id }) => id);
  if (renames) await lockDeals(tx, dealIds);
  const { name } = await mustHaveAccount(context, accountId, "update");
  return { before: { id: accountId, name, domains: await domainsOf(context, accountId) }, dealIds };
}

/** Changes a locked account; its deals show its name. */
export async function changeAccount(
  context: WriteContext,
  { before, dealIds }: Awaited<ReturnType<typeof lockAccount>>,
  { name, domains }: AccountChanges,
): Promise<void> {
  const { tx, audit } = context;
  const { id } = before;
  await tx
    .update(accounts)
    .set({ ...(name !== undefined && { name }), version: sql`${accounts.version} + 1` })
    .where(eq(accounts.id, id));
  if (domains) await keepDomains(context, id, domains, "changes.domains");
  const after = { ...before, ...(name !== undefined && { name }), ...(domains && { domains }) };
  audit({ subjectKind: "account", subjectId: id, dealId: null, before, after });
  if (name !== undefined) renameDeals(context, dealIds, before.name, name);
}

/** Deals show their account's name: what it is called now. They are locked. */
export function renameDeals(
  { audit, touch }: WriteContext,
  dealIds: readonly string[],
  from: string,
  to: string,
): void {
  if (from === to) return;
  for (const dealId of dealIds) {
    const of = { subjectKind: "deal", subjectId: dealId, dealId } as const;
    audit({ ...of, before: { account: from }, after: { account: to } });
    touch(dealId, { account: to });
  }
}
