import { eq } from "drizzle-orm";
import { z } from "zod";
import { compensationPlans } from "@/db/schema/compensation";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayWithdrawPlan } from "./guards";
import { planSubject } from "./load";

export const withdrawCompensationPlan = defineVerb({
  name: "withdraw-compensation-plan",
  summary: "Withdraw a compensation plan that three people have not signed",
  input: z.strictObject({ planId: field.id }),
  output: z.object({ planId: z.string() }),
  guard: mayWithdrawPlan,
  subject: (context, { planId }) => planSubject(context, planId),
  async run({ tx, actor, today, audit }, { planId }) {
    const withdrawnBy = actor.userId ?? refuse("", null, "a person withdraws a plan, signed in");
    const after = { withdrawnBy, withdrawnOn: today };
    await tx.update(compensationPlans).set(after).where(eq(compensationPlans.id, planId));
    audit({
      ...{ subjectKind: "compensation_plan", subjectId: planId, dealId: null },
      ...{ before: { withdrawnOn: null }, after },
    });
    return { planId };
  },
});
