import { eq } from "drizzle-orm";
import { z } from "zod";
import { policies } from "@/db/schema/policies";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import type { Policy } from "@/lib/attribution/policy";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayChangeDraft, whyNotPrinted, whyNotReachBack } from "./guards";
import { amendmentFrom, policySubject } from "./load";

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
  async run(context, { policyId, title, document: given }, { policy: before }) {
    const document = given === undefined ? undefined : parsePolicy(given, "document");
    if (document) await mustBePossible(context, document);
    const [after] = await context.tx
      .update(policies)
      .set({
        title: title ?? before.title,
        document: document ?? before.document,
        version: before.version + 1,
      })
      .where(eq(policies.id, policyId))
      .returning();
    context.audit({ subjectKind: "policy", subjectId: policyId, dealId: null, before, after });
    return { policyId, version: after!.version };
  },
});

/** What no day of beginning could mend is refused as it is written. */
async function mustBePossible(context: WriteContext, document: Policy): Promise<void> {
  const { reachesBackTo } = document;
  const back = reachesBackTo === null ? null : whyNotReachBack((await amendmentFrom(context)) !== null);
  if (back) refuse("document.reachesBackTo", reachesBackTo, back);
  const print = whyNotPrinted(document);
  if (print) refuse(`document.${print.field}`, print.value, print.rule);
}
