import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { lockDeals } from "@/db/interchange";
import { accounts } from "@/db/schema/accounts";
import { deals } from "@/db/schema/deals";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayEditAccount } from "./guards";
import { domainsOf, keepDomains, mustHaveAccount } from "./load";

export const editAccount = defineVerb({
  name: "edit-account",
  summary: "Correct an account's name or domains",
  input: z.strictObject({
    accountId: field.id,
    changes: z
      .strictObject({
        name: field.line(200),
        domains: z.array(field.domain).max(50, "must be at most 50 domains"),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ accountId: z.string() }),
  guard: mayEditAccount,
  async run(context, { accountId, changes: { name, domains } }) {
    const { tx, audit, touch } = context;
    const named = await tx.select({ id: deals.id }).from(deals).where(eq(deals.accountId, accountId));
    // The deals first, in everybody's order: they show the account's name.
    if (name !== undefined)
      await lockDeals(
        tx,
        named.map(({ id }) => id),
      );
    const account = await mustHaveAccount(context, accountId, "update");
    const before = { id: accountId, name: account.name, domains: await domainsOf(context, accountId) };
    await tx
      .update(accounts)
      .set({ ...(name !== undefined && { name }), version: sql`${accounts.version} + 1` })
      .where(eq(accounts.id, accountId));
    if (domains) await keepDomains(context, accountId, domains, "changes.domains");
    const after = { ...before, ...(name !== undefined && { name }), ...(domains && { domains }) };
    audit({ subjectKind: "account", subjectId: accountId, dealId: null, before, after });
    if (name === undefined || name === account.name) return { accountId };
    for (const { id } of named) {
      audit({
        subjectKind: "deal",
        subjectId: id,
        dealId: id,
        before: { account: account.name },
        after: { account: name },
      });
      touch(id, { account: name });
    }
    return { accountId };
  },
});
