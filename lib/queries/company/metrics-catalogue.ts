import { z } from "zod";
import { SEATS } from "@/lib/auth/roles";
import { CATALOGUE } from "@/lib/metrics/catalogue";
import { unitShape } from "../numbers/metric-shapes";
import { defineQuery } from "../query";

/** What every number is called, how it is worked out, who answers for it, and what it opens to (§7). */
export const metricsCatalogue = defineQuery({
  name: "metrics-catalogue",
  summary:
    "Every number by its key: name, unit, formula, owner, version, what it opens to, and the SQL view that holds it.",
  input: z.strictObject({}),
  output: z.object({
    metrics: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        /** In words. */
        formula: z.string(),
        /** Section of the contract, and the document it was read from. */
        source: z.string(),
        /** Who of the memo's signers answers for the definition. */
        owner: z.enum(SEATS),
        /** Raised whenever the same deals would give another number. */
        version: z.int(),
        /** Null for what is not a quarter's number. */
        view: z.string().nullable(),
        figures: z.array(
          z.object({
            key: z.string(),
            name: z.string(),
            unit: unitShape,
            /** The sets of deals it opens to, in words. */
            opens: z.string(),
            /** The view's column that holds it. */
            column: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
  async run() {
    return { metrics: CATALOGUE.map((one) => ({ ...one, figures: [...one.figures] })) };
  },
});
