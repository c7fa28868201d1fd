import { eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { accountDomains, accounts } from "@/db/schema/accounts";
import { deals } from "@/db/schema/deals";
import { judgedDeals } from "@/db/schema/outcomes";
import { partnerContacts, partners } from "@/db/schema/partners";
import { users } from "@/db/schema/people";
import { settings } from "@/db/schema/settings";
import type { Day } from "@/lib/attribution/facts";
import { menuOf } from "@/lib/attribution/menu";
import { policyInForce } from "@/lib/judging/policy-book";
import type { Known } from "@/lib/reading/known";

/** What this company knows of partners, customers and deals, for reading evidence by (domain.md §8.2). */
export async function knownCompany(db: Db, today: Day): Promise<Known> {
  const [company] = await db.select({ zone: settings.timeZone }).from(settings);
  const { policy } = await policyInForce(db, today);
  const people = await db.select({ name: users.name, email: users.email }).from(users);
  const domains = grouped(await db.select().from(accountDomains), ({ accountId }) => accountId);
  const contacts = grouped(
    await db
      .select({
        ...{ partnerId: partnerContacts.partnerId, name: partnerContacts.name },
        email: sql<string | null>`lower(${partnerContacts.email})`,
      })
      .from(partnerContacts)
      .orderBy(partnerContacts.createdAt, partnerContacts.id),
    ({ partnerId }) => partnerId,
  );
  const customers = await db.select({ id: accounts.id, name: accounts.name }).from(accounts);
  const helpers = await db
    .select({ id: partners.id, name: partners.name })
    .from(partners)
    .where(isNull(partners.mergedInto));
  return {
    zone: company?.zone ?? "UTC",
    today,
    own: people,
    partners: helpers.map((one) => ({ ...one, contacts: contacts.get(one.id) ?? [] })),
    accounts: customers.map((one) => ({
      ...one,
      domains: (domains.get(one.id) ?? []).map(({ domain }) => domain),
    })),
    deals: await dealsOf(db),
    menu: menuOf(policy),
  };
}

async function dealsOf(db: Db): Promise<Known["deals"]> {
  const rows = await db
    .select({
      ...{ id: deals.id, accountId: deals.accountId, name: deals.name },
      ...{ createdOn: deals.createdOn, closedOn: deals.closedOn, outcome: deals.outcome },
      partnerIds: judgedDeals.partnerIds,
    })
    .from(deals)
    .leftJoin(judgedDeals, eq(judgedDeals.dealId, deals.id));
  return rows.flatMap(({ accountId, partnerIds, ...deal }) =>
    accountId === null ? [] : [{ ...deal, accountId, partnerIds: partnerIds ?? [] }],
  );
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
