import { z } from "zod";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { seatedBy, signatureInput } from "../signing/signature";
import { defineVerb } from "../verb";
import { mayViewPlan } from "./guards";
import { planSubject } from "./load";

export const viewCompensationPlan = defineVerb({
  name: "view-compensation-plan",
  summary: "Note that a signer opened the plan that waits for their signature",
  input: z.strictObject({ planId: field.id, hash: signatureInput.hash }),
  output: z.object({ planId: z.string() }),
  guard: mayViewPlan,
  subject: (context, { planId }) => planSubject(context, planId),
  async run(context, { planId, hash }, plan) {
    if (hash !== plan.hash) refuse("hash", hash, "the text that stands here to be signed is another");
    const seated = seatedBy(context);
    const after = { planId, ...seated, name: context.actor.name, hash };
    const subjectId = `${planId} ${seated.seat}`;
    context.audit({ subjectKind: "plan_view", subjectId, dealId: null, before: null, after });
    return { planId };
  },
});
