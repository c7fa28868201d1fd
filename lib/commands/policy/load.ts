import { eq } from "drizzle-orm";
import { policies, policyDeclines } from "@/db/schema/policies";
import type { Seat } from "@/lib/auth/roles";
import { Refusal } from "@/lib/errors";
import type { WriteContext } from "../verb";
import { type OfPolicy, seatOf } from "./guards";

export type PolicyRow = typeof policies.$inferSelect;

/** Locks a policy for the rest of the transaction. */
export async function lockPolicy({ tx }: WriteContext, policyId: string): Promise<PolicyRow> {
  const [policy] = await tx.select().from(policies).where(eq(policies.id, policyId)).for("update");
  if (policy) return policy;
  throw new Refusal({
    code: "not_found",
    field: "policyId",
    value: policyId,
    rule: "there is no policy with this id",
  });
}

/** A policy as its guards ask about it. */
export interface PolicySubject extends OfPolicy {
  policy: PolicyRow;
}

/** Locks a policy and reads where it stands; with a version, refuses an edit that was made on an older draft. */
export async function policySubject(
  context: WriteContext,
  policyId: string,
  version?: number,
): Promise<PolicySubject> {
  const policy = await lockPolicy(context, policyId);
  if (version !== undefined && version !== policy.version) {
    throw new Refusal({
      code: "conflict",
      field: "version",
      value: { yours: version, now: policy },
      rule: "somebody changed this draft after you opened it; look at what stands now and try again",
    });
  }
  const declines = await context.tx
    .select({ seat: policyDeclines.seat })
    .from(policyDeclines)
    .where(eq(policyDeclines.policyId, policyId));
  const ended = declines.length > 0 ? "declined" : policy.withdrawnAt ? "withdrawn" : null;
  return { policy, proposed: policy.proposedAt !== null, ended, signed: policy.period !== null };
}

/** The actor's seat, and the person in it: the guards let nobody else so far. */
export function seatedBy({ actor }: WriteContext): { seat: Seat; userId: string } {
  return { seat: seatOf(actor)!, userId: actor.userId! };
}
