import { createHash } from "node:crypto";
import { and, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { policies } from "@/db/schema/policies";
import { canonicalJson } from "@/lib/attribution/canonical";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import { SEATS } from "@/lib/auth/roles";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayProposePolicy } from "./guards";
import { mustBegin, policySubject } from "./load";

export const proposePolicy = defineVerb({
  name: "propose-policy",
  summary: "Propose a draft for signature: its text is frozen and hashed",
  input: z.strictObject({ policyId: field.id, version: field.version, activeFrom: field.day }),
  output: z.object({ policyId: z.string(), hash: z.string() }),
  guard: mayProposePolicy,
  async subject(context, { policyId, version }) {
    const subject = await policySubject(context, policyId, version);
    return { ...subject, waiting: await waitingTitle(context, policyId) };
  },
  async run(context, { policyId, activeFrom }, { policy: before }) {
    const { tx, actor, audit, tell } = context;
    const document = parsePolicy(before.document, "document");
    await mustBegin(context, document, activeFrom, (name) =>
      name === "activeFrom" ? name : `document.${name}`,
    );
    const canonical = canonicalJson(document);
    const hash = createHash("sha256").update(canonical).digest("hex");
    const [after] = await tx
      .update(policies)
      .set({ document, canonical, hash, activeFrom, proposedAt: sql`now()`, proposedBy: actor.userId })
      .where(eq(policies.id, policyId))
      .returning();
    audit({ subjectKind: "policy", subjectId: policyId, dealId: null, before, after });
    tell({
      to: { roles: SEATS },
      dealId: null,
      about: { kind: "memo_waits", title: before.title, activeFrom, policyId },
    });
    return { policyId, hash };
  },
});

/** The title of another proposal that waits for its signatures. */
async function waitingTitle({ tx }: WriteContext, policyId: string): Promise<string | null> {
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
  return waiting?.title ?? null;
}
