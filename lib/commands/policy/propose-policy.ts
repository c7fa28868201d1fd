import { createHash } from "node:crypto";
import { and, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { policies } from "@/db/schema/policies";
import { canonicalJson } from "@/lib/attribution/canonical";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { lockDraft } from "./load";

export const proposePolicy = defineVerb({
  name: "propose-policy",
  summary: "Propose a draft for signature: its text is frozen and hashed",
  input: z.strictObject({ policyId: field.id, version: field.version, activeFrom: field.day }),
  output: z.object({ policyId: z.string(), hash: z.string() }),
  may: "policy.draft",
  async run(context, { policyId, version, activeFrom }) {
    const { tx, actor, today, audit } = context;
    const before = await lockDraft(context, policyId, version);
    if (activeFrom < today)
      refuse("activeFrom", activeFrom, "a policy is active from a day that is not in the past");
    const [waiting] = await tx
      .select({ title: policies.title })
      .from(policies)
      .where(
        and(
          ne(policies.id, policyId),
          isNotNull(policies.proposedAt),
          isNull(policies.withdrawnAt),
          isNull(policies.period),
          sql`not exists (select from policy_declines d where d.policy_id = ${policies.id})`,
        ),
      )
      .limit(1);
    if (waiting)
      refuse("policyId", policyId, `"${waiting.title}" waits for signatures: one proposal at a time`);
    const canonical = canonicalJson(parsePolicy(before.document, "document"));
    const hash = createHash("sha256").update(canonical).digest("hex");
    const [after] = await tx
      .update(policies)
      .set({ canonical, hash, activeFrom, proposedAt: sql`now()`, proposedBy: actor.userId })
      .where(eq(policies.id, policyId))
      .returning();
    audit({ subjectKind: "policy", subjectId: policyId, dealId: null, before, after });
    return { policyId, hash };
  },
});
