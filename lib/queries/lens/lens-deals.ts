import { z } from "zod";
import { MODELS } from "@/lib/attribution/vocabulary";
import { dealLineShape, dealLines } from "../deals/deals-page";
import { defineQuery } from "../query";
import { dayShape, idShape, outcomeShape, quarterShape } from "../shapes";
import { quarterOrAll, readLenses, throughLenses } from "./lenses";

/** The deals of one cell of the lens table. */
export const lensDeals = defineQuery({
  name: "lens-deals",
  summary: "The deals that have an outcome under one of the four models.",
  input: z.strictObject({
    model: z.enum(MODELS),
    outcome: outcomeShape,
    quarter: quarterShape.optional(),
    asOf: dayShape.optional(),
    policyId: idShape.optional(),
    offset: z.int().min(0).max(10_000_000).default(0),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    total: z.int(),
    /** In order of id. Their `outcome` is the one that counts, under the policy that judges them. */
    rows: z.array(dealLineShape.extend({ lens: outcomeShape })),
  }),
  async run({ db, today }, { model, outcome, quarter: label, asOf = today, policyId, offset, limit }) {
    const [{ policies }, quarter] = await Promise.all([
      readLenses(db, asOf, policyId),
      quarterOrAll(db, label),
    ]);
    const ids: string[] = [];
    let total = 0;
    for await (const batch of throughLenses(db, asOf, { [model]: policies[model] }, quarter)) {
      for (const { deal, outcomes } of batch) {
        if (outcomes.get(model) !== outcome) continue;
        if (total >= offset && ids.length < limit) ids.push(deal.id);
        total += 1;
      }
    }
    const lines = await dealLines(db, ids, today);
    return { total, rows: lines.map((line) => ({ ...line, lens: outcome })) };
  },
});
