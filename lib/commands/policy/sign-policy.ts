import { and, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { policies, signatures } from "@/db/schema/policies";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import { SEATS } from "@/lib/auth/roles";
import { openJudgingRun } from "@/lib/judging/judge-policy";
import { signedInPerson } from "../in-person";
import * as field from "../input";
import { signatureEntry, signatureInput, signatureOver } from "../signing/signature";
import { defineVerb, type WriteContext } from "../verb";
import { maySignPolicy } from "./guards";
import { mustBegin, type PolicyRow, policySubject } from "./load";

export const signPolicy = defineVerb({
  name: "sign-policy",
  summary: "Sign a proposed policy in one's own seat",
  input: z.strictObject({ policyId: field.id, ...signatureInput }),
  output: z.object({ signatures: z.int(), activeFrom: z.string().nullable() }),
  guard: maySignPolicy,
  prepare: signedInPerson("sign-policy", "to sign"),
  async subject(context, { policyId }) {
    const subject = await policySubject(context, policyId);
    const given = await context.tx
      .select({ seat: signatures.seat, userId: signatures.userId })
      .from(signatures)
      .where(eq(signatures.policyId, policyId));
    return { ...subject, signatures: given };
  },
  async run(context, { policyId, hash }, { policy, signatures: given }, method) {
    const signature = { policyId, ...(await signatureOver(context, hash, policy.hash, method)) };
    await context.tx.insert(signatures).values(signature);
    context.audit(signatureEntry(policyId, signature));
    const seats = given.length + 1;
    // Whatever the third signature would be refused for, the proposal was; a day that passed moves it to today.
    await mustBegin(context, policy.document as Policy, beginsOn(policy, context.today), () => "hash");
    const activeFrom = seats === SEATS.length ? await comeIntoForce(context, policy) : null;
    return { signatures: seats, activeFrom };
  },
});

/** The day it begins on: its own, or today when that has passed. */
const beginsOn = ({ activeFrom }: PolicyRow, today: Day): Day => (activeFrom! > today ? activeFrom! : today);

/** Ends the former policy the day before, and begins this one: from its day, or today when that has passed. */
async function comeIntoForce({ tx, today, audit }: WriteContext, policy: PolicyRow): Promise<string> {
  const activeFrom = beginsOn(policy, today);
  const former = await tx
    .update(policies)
    .set({ period: sql`daterange(lower(${policies.period}), ${activeFrom}::date)` })
    .where(
      and(
        ne(policies.id, policy.id),
        sql`upper_inf(${policies.period})`,
        sql`lower(${policies.period}) < ${activeFrom}::date`,
      ),
    )
    .returning({ id: policies.id, period: policies.period });
  for (const { id, period } of former) {
    audit({ subjectKind: "policy", subjectId: id, dealId: null, before: null, after: { period } });
  }
  await tx
    .update(policies)
    .set({ period: sql`daterange(${activeFrom}::date, null)` })
    .where(eq(policies.id, policy.id));
  await openJudgingRun(tx, policy.id);
  audit({
    subjectKind: "policy",
    subjectId: policy.id,
    dealId: null,
    before: { period: null },
    after: { period: `[${activeFrom},)` },
  });
  return activeFrom;
}
