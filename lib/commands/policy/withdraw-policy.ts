import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { policies } from "@/db/schema/policies";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { lockPolicy } from "./load";

export const withdrawPolicy = defineVerb({
  name: "withdraw-policy",
  summary: "Withdraw a proposed policy; its signatures are void",
  input: z.strictObject({ policyId: field.id, reason: field.line(2000) }),
  output: z.object({ policyId: z.string() }),
  may: "policy.draft",
  async run(context, { policyId, reason }) {
    const before = await lockPolicy(context, policyId);
    if (!before.proposedAt) refuse("policyId", policyId, "a draft is discarded, not withdrawn");
    if (before.period)
      refuse("policyId", policyId, "three people signed it: it is in force until an amendment is");
    if (before.withdrawnAt) refuse("policyId", policyId, "was withdrawn already");
    const [after] = await context.tx
      .update(policies)
      .set({ withdrawnAt: sql`now()`, withdrawnBy: context.actor.userId, withdrawnReason: reason })
      .where(eq(policies.id, policyId))
      .returning();
    context.audit({ subjectKind: "policy", subjectId: policyId, dealId: null, before, after });
    return { policyId };
  },
});
