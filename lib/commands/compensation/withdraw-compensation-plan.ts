import { eq } from "drizzle-orm";
import { z } from "zod";
import { compensationPlans } from "@/db/schema/compensation";
import * as field from "../input";
import { withdrawal } from "../signing/signature";
import { defineVerb } from "../verb";
import { mayWithdrawPlan } from "./guards";
import { planSubject } from "./load";

export const withdrawCompensationPlan = defineVerb({
  name: "withdraw-compensation-plan",
  summary: "Withdraw a compensation plan that three people have not signed; its signatures are void",
  input: z.strictObject({ planId: field.id, reason: field.line(2000) }),
  output: z.object({ planId: z.string() }),
  guard: mayWithdrawPlan,
  subject: (context, { planId }) => planSubject(context, planId),
  async run(context, { planId, reason }) {
    const [after] = await context.tx
      .update(compensationPlans)
      .set(withdrawal(context, reason))
      .where(eq(compensationPlans.id, planId))
      .returning();
    context.audit({
      ...{ subjectKind: "compensation_plan", subjectId: planId, dealId: null },
      ...{ before: { withdrawnAt: null }, after },
    });
    return { planId };
  },
});
