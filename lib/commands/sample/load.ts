import { asc, eq } from "drizzle-orm";
import { auditSamples, sampledDeals } from "@/db/schema/audit-samples";
import { Refusal } from "@/lib/errors";
import type { WriteContext } from "../verb";
import { ofSample } from "./guards";

/** Locks a sample, so that nobody ticks it while it is signed off, with its deals. */
export async function lockSample({ tx }: WriteContext, sampleId: string) {
  const [row] = await tx.select().from(auditSamples).where(eq(auditSamples.id, sampleId)).for("update");
  if (!row) {
    const rule = "there is no sample with this id";
    throw new Refusal({ code: "not_found", field: "sampleId", value: sampleId, rule });
  }
  const deals = await tx
    .select()
    .from(sampledDeals)
    .where(eq(sampledDeals.sampleId, sampleId))
    .orderBy(asc(sampledDeals.place));
  return { ...ofSample(row, deals), row, deals };
}
