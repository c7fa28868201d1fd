import { z } from "zod";
import { policyDeclines } from "@/db/schema/policies";
import * as field from "../input";
import { seatedBy } from "../signing/signature";
import { defineVerb } from "../verb";
import { mayDeclinePolicy } from "./guards";
import { policySubject } from "./load";

export const declinePolicy = defineVerb({
  name: "decline-policy",
  summary: "Decline a proposed policy, with the reason",
  input: z.strictObject({ policyId: field.id, reason: field.line(2000) }),
  output: z.object({ policyId: z.string() }),
  guard: mayDeclinePolicy,
  subject: (context, { policyId }) => policySubject(context, policyId),
  async run(context, { policyId, reason }) {
    const decline = { policyId, ...seatedBy(context), reason };
    await context.tx.insert(policyDeclines).values(decline);
    context.audit({
      subjectKind: "policy_decline",
      subjectId: policyId,
      dealId: null,
      before: null,
      after: decline,
    });
    return { policyId };
  },
});
