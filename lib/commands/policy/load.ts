import { eq } from "drizzle-orm";
import { policies } from "@/db/schema/policies";
import { SEATS, type Seat } from "@/lib/auth/roles";
import { Refusal, refuse } from "@/lib/errors";
import type { WriteContext } from "../verb";

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

/** A policy that is still a draft, at the version its editor saw. */
export async function lockDraft(
  context: WriteContext,
  policyId: string,
  version?: number,
): Promise<PolicyRow> {
  const policy = await lockPolicy(context, policyId);
  if (policy.proposedAt) {
    refuse(
      "policyId",
      policyId,
      "the text is frozen since it was proposed: withdraw it and start a new draft",
    );
  }
  if (version !== undefined && version !== policy.version) {
    throw new Refusal({
      code: "conflict",
      field: "version",
      value: { yours: version, now: policy },
      rule: "somebody changed this draft after you opened it; look at what stands now and try again",
    });
  }
  return policy;
}

/** The seat that the actor's role fills, and the person in it. */
export function seatOf({ actor }: WriteContext): { seat: Seat; userId: string } {
  const seat = SEATS.find((one) => one === actor.role);
  if (!seat || !actor.userId)
    refuse("seat", actor.role, "only the CRO, the CFO and the head of partnerships sign");
  return { seat, userId: actor.userId };
}
