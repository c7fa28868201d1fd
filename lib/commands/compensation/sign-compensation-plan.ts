import { sql } from "drizzle-orm";
import { z } from "zod";
import { compensationSignatures } from "@/db/schema/compensation";
import { refuse } from "@/lib/errors";
import type { CompensationPlan } from "@/lib/metrics/compensation";
import { mustBeInPerson } from "../in-person";
import * as field from "../input";
import { seatedBy } from "../policy/load";
import { defineVerb, type WriteContext } from "../verb";
import { maySignPlan } from "./guards";
import { planSubject } from "./load";

export const signCompensationPlan = defineVerb({
  name: "sign-compensation-plan",
  summary: "Sign a compensation plan in one's own seat, after the policy",
  input: z.strictObject({
    planId: field.id,
    /** The hash that the signer read; the signature is over this and nothing else. */
    hash: z.string().regex(/^[0-9a-f]{64}$/, "must be the SHA-256 of the plan"),
    password: z.string().max(200),
  }),
  output: z.object({ signatures: z.int() }),
  guard: maySignPlan,
  prepare: (context, { password }) => mustBeInPerson(context, password, "to sign"),
  async subject(context, { planId }) {
    const subject = await planSubject(context, planId);
    const { signed } = (await context.policies()).onDay(context.today);
    const overlaps = await overlapping(context, subject);
    return { ...subject, policyInForce: signed !== null, overlaps };
  },
  async run(context, { planId, hash }, subject) {
    if (hash !== subject.hash) refuse("hash", hash, "is not the hash of this plan");
    const { tx, actor, audit } = context;
    const { seat, userId } = seatedBy(context);
    const signature = { planId, seat, userId, name: actor.name, hash };
    await tx.insert(compensationSignatures).values(signature);
    audit({
      ...{ subjectKind: "compensation_plan", subjectId: `${planId} ${seat}`, dealId: null },
      ...{ before: null, after: signature },
    });
    return { signatures: subject.signatures.length + 1 };
  },
});

/** A signed plan for the same payees with a quarter in common. */
async function overlapping(
  { tx }: WriteContext,
  { id, plan }: { id: string; plan: CompensationPlan },
): Promise<string | null> {
  const rows = await tx.execute<{ title: string; document: string }>(sql`
    select p.title, p.document from compensation_plans p where p.id <> ${id} and p.withdrawn_on is null
      and (select count(*) from compensation_signatures s where s.plan_id = p.id) = 3`);
  const other = [...rows].find(({ document }) => {
    const its = JSON.parse(document) as CompensationPlan;
    return (
      its.paidTo === plan.paidTo &&
      (plan.to === null || its.from <= plan.to) &&
      (its.to === null || plan.from <= its.to)
    );
  });
  return other?.title ?? null;
}
