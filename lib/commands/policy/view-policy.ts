import { z } from "zod";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { seatedBy, signatureInput } from "../signing/signature";
import { defineVerb } from "../verb";
import { mayViewPolicy } from "./guards";
import { policySubject } from "./load";

export const viewPolicy = defineVerb({
  name: "view-policy",
  summary: "Note that a signer opened the text that waits for their signature",
  input: z.strictObject({ policyId: field.id, hash: signatureInput.hash }),
  output: z.object({ policyId: z.string() }),
  guard: mayViewPolicy,
  subject: (context, { policyId }) => policySubject(context, policyId),
  async run(context, { policyId, hash }, { policy }) {
    if (hash !== policy.hash) refuse("hash", hash, "the text that stands here to be signed is another");
    const seated = seatedBy(context);
    const after = { policyId, ...seated, name: context.actor.name, hash };
    const subjectId = `${policyId} ${seated.seat}`;
    context.audit({ subjectKind: "policy_view", subjectId, dealId: null, before: null, after });
    return { policyId };
  },
});
