import { eq, sql } from "drizzle-orm";
import { compensationPlans, compensationSignatures } from "@/db/schema/compensation";
import { SEATS } from "@/lib/auth/roles";
import { Refusal } from "@/lib/errors";
import type { CompensationPlan } from "@/lib/metrics/compensation";
import type { OfSeats } from "../signing/guards";
import type { WriteContext } from "../verb";

export interface PlanSubject extends OfSeats {
  id: string;
  hash: string;
  plan: CompensationPlan;
}

/** Locks plans, so that no two are signed beside each other, and reads one with who signed it. */
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
    ...{ id: row.id, hash: row.hash, demo: row.demo, signatures },
    ended: row.withdrawnAt ? "withdrawn" : null,
    signed: signatures.length === SEATS.length,
    plan: JSON.parse(row.canonical) as CompensationPlan,
  };
}
