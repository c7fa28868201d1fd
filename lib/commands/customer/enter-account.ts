import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { partnerAccounts } from "@/db/schema/accounts";
import { refuse } from "@/lib/errors";
import { mustBeItself, mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayEditAccount } from "./guards";
import { mustHaveAccount } from "./load";

export const enterAccount = defineVerb({
  name: "enter-account",
  summary: "Say that a partner is in an account, on a deal of it or not",
  input: z.strictObject({ partnerId: field.id, accountId: field.id }),
  output: z.object({ partnerId: z.string(), accountId: z.string() }),
  guard: mayEditAccount,
  async run(context, { partnerId, accountId }) {
    const { tx, actor, today, audit } = context;
    const account = await mustHaveAccount(context, accountId, "update");
    const partner = mustBeItself(await mustHavePartner(context, partnerId));
    const [known] = await tx
      .select({ on: partnerAccounts.saidOn })
      .from(partnerAccounts)
      .where(and(eq(partnerAccounts.partnerId, partnerId), eq(partnerAccounts.accountId, accountId)));
    if (known) refuse("partnerId", partnerId, `${partner.name} is in ${account.name} already`);
    const row = { partnerId, accountId, saidOn: today, saidBy: actor.userId };
    await tx.insert(partnerAccounts).values(row);
    const after = { partner: partner.name, account: account.name, ...row };
    const subjectId = `${partnerId} ${accountId}`;
    audit({ subjectKind: "partner_account", subjectId, dealId: null, before: null, after });
    return { partnerId, accountId };
  },
});
