import { eq } from "drizzle-orm";
import { z } from "zod";
import { policies } from "@/db/schema/policies";
import * as field from "../input";
import { withdrawal } from "../signing/signature";
import { defineVerb } from "../verb";
import { mayWithdrawPolicy } from "./guards";
import { policySubject } from "./load";

export const withdrawPolicy = defineVerb({
  name: "withdraw-policy",
  summary: "Withdraw a proposed policy; its signatures are void",
  input: z.strictObject({ policyId: field.id, reason: field.line(2000) }),
  output: z.object({ policyId: z.string() }),
  guard: mayWithdrawPolicy,
  subject: (context, { policyId }) => policySubject(context, policyId),
  async run(context, { policyId, reason }, { policy: before }) {
    const [after] = await context.tx
      .update(policies)
      .set(withdrawal(context, reason))
      .where(eq(policies.id, policyId))
      .returning();
    context.audit({ subjectKind: "policy", subjectId: policyId, dealId: null, before, after });
    return { policyId };
  },
});
