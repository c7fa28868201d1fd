import { z } from "zod";
import { defineQuery } from "./query";
import { factsShape, idShape, policyShape, policyStateShape, resultShape } from "./shapes";

/**
 * What the forecast does with a deal (§7, last paragraph): sourced pipeline is in commit at the stage's
 * probability; co-sell is context on a direct deal; the rest of the influenced family is left out and
 * shown in the quarterly review only; a deal without credit is forecast as direct; a closed one not at all.
 */
export const FORECASTS = ["commit", "context", "left_out", "direct", "closed"] as const;

/** Why a deal is classified as it is: facts, policy, every test, and the other models as lenses (§6). */
export const why = defineQuery({
  name: "why",
  summary: "Why a deal is classified as it is, test by test, and what the other models would say.",
  input: z.strictObject({ dealId: idShape }),
  output: z.object({
    facts: factsShape,
    policy: policyStateShape.extend({ document: policyShape }),
    result: resultShape,
    /** The same facts under each model; the policy's own model is judged by the policy itself. */
    lenses: z.object({
      two_bucket: resultShape,
      triple_tier: resultShape,
      roi_buckets: resultShape,
      lanes: resultShape,
    }),
    forecast: z.enum(FORECASTS),
    names: z.object({
      /** Partner id → name. */
      partners: z.record(z.string(), z.string()),
      /** Fact id → what people call it: "Joint discovery, 20 Jan 2026". */
      facts: z.record(z.string(), z.string()),
    }),
  }),
  async run() {
    throw new Error("not written yet");
  },
});
