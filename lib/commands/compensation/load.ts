import { eq, sql } from "drizzle-orm";
import { compensationPlans, compensationSignatures } from "@/db/schema/compensation";
import type { Seat } from "@/lib/auth/roles";
import { Refusal } from "@/lib/errors";
import type { CompensationPlan } from "@/lib/metrics/compensation";
import type { WriteContext } from "../verb";
import type { OfPlan } from "./guards";

export interface PlanSubject extends OfPlan {
  id: string;
  hash: string;
  plan: CompensationPlan;
}

/** Locks a plan and reads who signed it. */
export async function planSubject({ tx }: WriteContext, planId: string): Promise<PlanSubject> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('compensation'))`);
  const [row] = await tx.select().from(compensationPlans).where(eq(compensationPlans.id, planId));
  if (!row)
    throw new Refusal({
      ...{ code: "not_found", field: "planId", value: planId },
      rule: "there is no compensation plan with this id",
    });
  const signatures = await tx
    .select({ seat: compensationSignatures.seat, userId: compensationSignatures.userId })
    .from(compensationSignatures)
    .where(eq(compensationSignatures.planId, planId));
  return {
    ...{ id: row.id, hash: row.hash, demo: row.demo, withdrawn: row.withdrawnOn !== null },
    plan: JSON.parse(row.document) as CompensationPlan,
    signatures: signatures as { seat: Seat; userId: string }[],
  };
}
