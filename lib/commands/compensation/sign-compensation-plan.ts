import { sql } from "drizzle-orm";
import { z } from "zod";
import { compensationSignatures } from "@/db/schema/compensation";
import { SEATS } from "@/lib/auth/roles";
import { type CompensationPlan, payTheSame } from "@/lib/metrics/compensation";
import { signedInPerson } from "../in-person";
import * as field from "../input";
import { signatureEntry, signatureInput, signatureOver } from "../signing/signature";
import { defineVerb, type WriteContext } from "../verb";
import { maySignPlan } from "./guards";
import { type PlanSubject, planSubject } from "./load";

export const signCompensationPlan = defineVerb({
  name: "sign-compensation-plan",
  summary: "Sign a compensation plan in one's own seat, after the policy",
  input: z.strictObject({ planId: field.id, ...signatureInput }),
  output: z.object({ signatures: z.int() }),
  guard: maySignPlan,
  prepare: signedInPerson("sign-compensation-plan", "to sign"),
  async subject(context, { planId }) {
    const subject = await planSubject(context, planId);
    const { signed } = (await context.policies()).onDay(context.today);
    const overlaps = await overlapping(context, subject);
    return { ...subject, policyInForce: signed !== null, overlaps };
  },
  async run(context, { planId, hash }, subject, method) {
    const signature = { planId, ...(await signatureOver(context, hash, subject.hash, method)) };
    await context.tx.insert(compensationSignatures).values(signature);
    context.audit(signatureEntry(planId, signature));
    return { signatures: subject.signatures.length + 1 };
  },
});

/** The title of a signed plan for the same payees with a quarter in common. */
async function overlapping({ tx }: WriteContext, { id, plan }: PlanSubject): Promise<string | null> {
  const rows = await tx.execute<{ title: string; canonical: string }>(sql`
    select p.title, p.canonical from compensation_plans p where p.id <> ${id} and p.withdrawn_at is null
      and (select count(*) from compensation_signatures s where s.plan_id = p.id) = ${SEATS.length}`);
  const other = [...rows].find(({ canonical }) =>
    payTheSame(JSON.parse(canonical) as CompensationPlan, plan),
  );
  return other?.title ?? null;
}
