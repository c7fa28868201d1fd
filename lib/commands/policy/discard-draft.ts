import { eq } from "drizzle-orm";
import { z } from "zod";
import { policies } from "@/db/schema/policies";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayChangeDraft } from "./guards";
import { policySubject } from "./load";

export const discardDraft = defineVerb({
  name: "discard-draft",
  summary: "Discard a draft policy that was never proposed",
  input: z.strictObject({ policyId: field.id }),
  output: z.object({ policyId: z.string() }),
  guard: mayChangeDraft,
  subject: (context, { policyId }) => policySubject(context, policyId),
  async run(context, { policyId }, { policy: before }) {
    await context.tx.delete(policies).where(eq(policies.id, policyId));
    context.audit({ subjectKind: "policy", subjectId: policyId, dealId: null, before, after: null });
    return { policyId };
  },
});
