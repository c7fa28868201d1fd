import { eq } from "drizzle-orm";
import { z } from "zod";
import { policies } from "@/db/schema/policies";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayChangeDraft } from "./guards";
import { policySubject } from "./load";

export const editDraft = defineVerb({
  name: "edit-draft",
  summary: "Change a draft policy",
  input: z.strictObject({
    policyId: field.id,
    version: field.version,
    title: field.line(120).optional(),
    /** The whole policy document (§3). */
    document: z.unknown().optional(),
  }),
  output: z.object({ policyId: z.string(), version: z.int() }),
  guard: mayChangeDraft,
  subject: (context, { policyId, version }) => policySubject(context, policyId, version),
  async run(context, { policyId, title, document }, { policy: before }) {
    const [after] = await context.tx
      .update(policies)
      .set({
        title: title ?? before.title,
        document: document === undefined ? before.document : parsePolicy(document, "document"),
        version: before.version + 1,
      })
      .where(eq(policies.id, policyId))
      .returning();
    context.audit({ subjectKind: "policy", subjectId: policyId, dealId: null, before, after });
    return { policyId, version: after!.version };
  },
});
