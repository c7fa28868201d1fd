import { eq, sql } from "drizzle-orm";
import { accountDomains, accounts } from "@/db/schema/accounts";
import { Refusal, refuse } from "@/lib/errors";
import type { WriteContext } from "../verb";

export type AccountRow = typeof accounts.$inferSelect;

/** An account, locked when it is about to change. */
export async function mustHaveAccount(
  { tx }: WriteContext,
  accountId: string,
  lock?: "update",
): Promise<AccountRow> {
  const found = tx.select().from(accounts).where(eq(accounts.id, accountId));
  const [account] = await (lock ? found.for(lock) : found);
  if (account) return account;
  throw new Refusal({
    code: "not_found",
    field: "accountId",
    value: accountId,
    rule: "there is no account with this id",
  });
}

/** The account of a name as a deal would join it: the oldest that is called so, or a new one. */
export async function accountNamed({ tx, demo }: WriteContext, name: string): Promise<string> {
  const [found] = await tx.execute<{ id: string }>(sql`select account_named(${name}, ${demo}) as id`);
  return found!.id;
}

/** The domains of an account, in order. */
export async function domainsOf({ tx }: WriteContext, accountId: string): Promise<string[]> {
  const found = await tx
    .select({ domain: accountDomains.domain })
    .from(accountDomains)
    .where(eq(accountDomains.accountId, accountId))
    .orderBy(accountDomains.domain);
  return found.map(({ domain }) => domain);
}

/** Makes these the domains of an account; refuses one that another account is known by. */
export async function keepDomains(
  { tx }: WriteContext,
  accountId: string,
  domains: readonly string[],
  field: string,
): Promise<void> {
  await tx.delete(accountDomains).where(eq(accountDomains.accountId, accountId));
  for (const domain of new Set(domains)) {
    const [taken] = await tx
      .select({ name: accounts.name })
      .from(accountDomains)
      .innerJoin(accounts, eq(accounts.id, accountDomains.accountId))
      .where(eq(accountDomains.domain, domain));
    if (taken) refuse(field, domain, `is ${taken.name}'s: a domain is one account's alone`);
    await tx.insert(accountDomains).values({ domain, accountId });
  }
}
