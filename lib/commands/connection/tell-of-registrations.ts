import { inArray } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import { deals } from "@/db/schema/deals";
import { partners } from "@/db/schema/partners";
import type { Plan } from "@/lib/interchange/stored";
import type { WriteContext } from "../verb";

/** Tells whoever looks after the partners of what waits for an answer now, as entering it by hand does (§8.9). */
export async function tellOfRegistrations(
  { tx, tell }: WriteContext,
  { writes }: Plan<"registrations">,
): Promise<void> {
  const waiting = writes.filter(({ before, after }) => before === null && after.status === "pending");
  if (waiting.length === 0) return;
  const named = await namesOf(
    tx,
    waiting.map(({ after }) => after),
  );
  for (const { after } of waiting) {
    const { id: registrationId, partnerId, dealId, accountId, domain } = after;
    const customer = named.get(dealId ?? "") ?? named.get(accountId ?? "") ?? domain;
    tell({
      to: { ownerOfPartner: partnerId },
      dealId,
      about: { kind: "registration_waits", partner: named.get(partnerId)!, customer, registrationId },
    });
  }
}

/** What partners, accounts and the customers of deals are called, by id. */
async function namesOf(
  tx: WriteContext["tx"],
  rows: readonly { partnerId: string; dealId: string | null; accountId: string | null }[],
): Promise<Map<string, string | null>> {
  const ids = (of: (row: (typeof rows)[number]) => string | null) => rows.flatMap((row) => of(row) ?? []);
  const [ofPartners, ofAccounts, ofDeals] = [
    await tx
      .select({ id: partners.id, name: partners.name })
      .from(partners)
      .where(
        inArray(
          partners.id,
          ids(({ partnerId }) => partnerId),
        ),
      ),
    await tx
      .select({ id: accounts.id, name: accounts.name })
      .from(accounts)
      .where(
        inArray(
          accounts.id,
          ids(({ accountId }) => accountId),
        ),
      ),
    await tx
      .select({ id: deals.id, name: deals.account })
      .from(deals)
      .where(
        inArray(
          deals.id,
          ids(({ dealId }) => dealId),
        ),
      ),
  ];
  return new Map([...ofPartners, ...ofAccounts, ...ofDeals].map(({ id, name }) => [id, name]));
}
