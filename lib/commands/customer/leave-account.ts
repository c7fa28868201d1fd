import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { partnerAccounts } from "@/db/schema/accounts";
import { refuse } from "@/lib/errors";
import { mustHavePartner } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayEditAccount } from "./guards";
import { mustHaveAccount } from "./load";

export const leaveAccount = defineVerb({
  name: "leave-account",
  summary: "Say that a partner is not in an account after all; the deals that it is on stay as they are",
  input: z.strictObject({ partnerId: field.id, accountId: field.id }),
  output: z.object({ partnerId: z.string(), accountId: z.string() }),
  guard: mayEditAccount,
  async run(context, { partnerId, accountId }) {
    const { tx, audit } = context;
    const account = await mustHaveAccount(context, accountId, "update");
    const partner = await mustHavePartner(context, partnerId);
    const [row] = await tx
      .delete(partnerAccounts)
      .where(and(eq(partnerAccounts.partnerId, partnerId), eq(partnerAccounts.accountId, accountId)))
      .returning();
    if (!row) refuse("partnerId", partnerId, `nobody said that ${partner.name} is in ${account.name}`);
    const before = { partner: partner.name, account: account.name, ...row };
    const subjectId = `${partnerId} ${accountId}`;
    audit({ subjectKind: "partner_account", subjectId, dealId: null, before, after: null });
    return { partnerId, accountId };
  },
});
