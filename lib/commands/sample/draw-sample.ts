import { sql } from "drizzle-orm";
import { z } from "zod";
import { auditSamples, sampledDeals } from "@/db/schema/audit-samples";
import { refuse } from "@/lib/errors";
import { drawSample as drawn, LARGEST_SAMPLE, SAMPLE_METHODS } from "@/lib/metrics/audit-sample";
import { toReporting } from "@/lib/money";
import { sealedCounting } from "@/lib/sealing/seal";
import { readSeals, sha256 } from "@/lib/sealing/seals";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayDrawSample } from "./guards";

export const drawSample = defineVerb({
  name: "draw-sample",
  summary: "Draw a seeded sample of a frozen quarter's closed deals, to audit them one by one",
  input: z.strictObject({
    quarter: field.quarter,
    /** Whatever is agreed on: the same seed draws the same deals. */
    seed: field.line(200),
    size: z
      .int("must be a whole number")
      .min(1, "must be from 1 to 200")
      .max(LARGEST_SAMPLE, "must be from 1 to 200"),
    method: z.enum(SAMPLE_METHODS).default("deals"),
  }),
  output: z.object({ sampleId: z.string(), deals: z.array(z.string()) }),
  guard: mayDrawSample,
  subject: async ({ tx }, { quarter }) => {
    const seal = (await readSeals(tx, [quarter])).get(quarter) ?? null;
    return { quarter, frozen: seal !== null, demo: seal?.header.demo ?? false, seal };
  },
  async run(context, { quarter, seed, size, method }, { seal, demo }) {
    const { tx, actor, audit } = context;
    const deals = drawn(await closedDeals(context, seal!), { seed, size, method }, sha256);
    if (deals.length === 0) refuse("quarter", quarter, "has no closed deal to draw");
    const [row] = await tx
      .insert(auditSamples)
      .values({
        ...{ id: newId("AS"), quarter, digest: seal!.digest, method, seed, size, demo },
        ...{ drawnBy: actor.userId!, drawnByName: actor.name },
      })
      .returning();
    const sampleId = row!.id;
    await tx
      .insert(sampledDeals)
      .values(deals.map((dealId, before) => ({ sampleId, dealId, place: before + 1 })));
    const after = { ...row, deals };
    audit({ subjectKind: "audit_sample", subjectId: sampleId, dealId: null, before: null, after });
    return { sampleId, deals };
  },
});

/** The deals of the seal that closed in its quarter, with their amounts by its own rates. */
async function closedDeals({ tx }: WriteContext, { quarter, header }: { quarter: string } & SealOf) {
  const { rates } = sealedCounting(header);
  const rows = await tx.execute<{ id: string; amount: string; currency: string }>(sql`
    select deal_id as id, amount::text as amount, currency from sealed_deals
    where quarter = ${quarter} and closed_on between ${header.quarter.from}::date and ${header.quarter.to}::date`);
  return [...rows].map(({ id, amount, currency }) => ({
    id,
    amount: toReporting(Number(amount), currency, rates),
  }));
}

type SealOf = Pick<NonNullable<ReturnType<Awaited<ReturnType<typeof readSeals>>["get"]>>, "header">;
