import { eq } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { deals } from "@/db/schema/deals";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { newSecretKey } from "@/lib/auth/sealed-secrets";
import { perform } from "../door";
import { createConnection } from "./create-connection";
import { syncPage } from "./sync-page";

/** A CRM that says something of deals that are here, landed by the verb by which a connection's turn lands it. */
export async function crmOf(client: Client, admin: Actor, today: Day) {
  process.env.SECRET_KEYS ??= JSON.stringify([newSecretKey()]);
  const secrets = { clientId: "key", clientSecret: "secret" };
  const address = "https://larkfield.my.salesforce.example";
  const named = { system: "salesforce", name: "The CRM", address, secrets };
  const { answer } = await perform(createConnection, named, { actor: admin, client, today });
  const { connectionId } = answer;
  const actor: Actor = {
    ...{ id: `connection:${connectionId}`, userId: null, name: "The CRM", role: "admin", ownerName: null },
  };
  let from: { since: string } | null = null;
  const land = async (more: object) => {
    const to = { since: String(Number(from?.since ?? 0) + 1) };
    const page = { connectionId, runId: "CR-1", stream: "opportunities", from, to, batches: [], ...more };
    await perform(syncPage, page, { actor, client, today });
    from = to;
  };
  return {
    connectionId,
    /** What it says of a deal: what stands here, but for `otherwise`, by the columns of the interchange format. */
    async says(dealId: string, otherwise: Record<string, string> = {}): Promise<void> {
      const [deal] = await client.db.select().from(deals).where(eq(deals.id, dealId));
      const { account, owner, amount, currency, type, route, createdOn, closedOn, outcome } = deal!;
      const values = {
        ...{ id: dealId, account: account ?? "", owner, amount: (amount / 100).toFixed(2), currency },
        ...{ type, route, created_on: createdOn, outcome, ...(closedOn && { closed_on: closedOn }) },
        ...otherwise,
      };
      await land({ batches: [{ kind: "deals", rows: [{ line: 1, values }] }] });
    },
    /** It has a role row no more. */
    takesAway: (rowId: string): Promise<void> => land({ gone: [{ kind: "roles", key: rowId }] }),
  };
}
