import { z } from "zod";
import { METRICS, type MetricKey } from "@/lib/metrics/quarter-numbers";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { UNDEFINED_REASONS, type UndefinedReason } from "@/lib/metrics/value";
import { gradeShape, quarterShape } from "../shapes";

/** The shapes of a metric's report, wherever one is shown (domain.md §7). */

const METRIC_KEYS = Object.keys(METRICS) as [MetricKey, ...MetricKey[]];
const REASONS = Object.keys(UNDEFINED_REASONS) as [UndefinedReason, ...UndefinedReason[]];

/** A number, or why there is none: shown as "—" with the reason, never as 0 (§7). */
export const valueShape = z.union([
  z.number(),
  z.object({ undefined: z.enum(REASONS), detail: z.string().optional(), currency: z.string().optional() }),
]);

export const unitShape = z.enum(["money", "perUnit", "share", "times", "days", "deals"]);

const figureShape = z.object({
  key: z.string(),
  name: z.string(),
  unit: unitShape,
  value: valueShape,
  /** 95 %; null for counts and sums, and where it cannot be told. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  benchmark: z
    .object({
      low: z.number(),
      high: z.number(),
      words: z.string(),
      /** Null when the figure is undefined or there are too few deals to tell. */
      stands: z.enum(["below", "within", "above"]).nullable(),
    })
    .nullable(),
  /** The same figure in the quarter before, and in the same quarter a year before. */
  prior: valueShape,
  yearBefore: valueShape,
  /** The parts it opens to, numerator first: ask `deals-list` with quarter, number and part. */
  opens: z.array(z.object({ part: z.string(), name: z.string(), deals: z.int() })),
  /** Who stands behind an amount, the best first, adding up to it: ask `deals-list` with `evidence` as well. */
  evidence: z
    .array(z.object({ evidence: gradeShape.nullable(), deals: z.int(), amount: z.int() }))
    .nullable(),
  /** What each deal of those parts adds to it: its amount, one, or its days from created to closed. */
  adds: z.enum(["amount", "deals", "days"]),
});

export const metricShape = z.object({
  key: z.enum(METRIC_KEYS),
  name: z.string(),
  formula: z.string(),
  source: z.string(),
  /** The key of the figure shown large. */
  headline: z.string(),
  /** One of the sides compared has fewer than five deals. */
  tooFew: z.boolean(),
  /** How many deals each compared side has. */
  sides: z.array(z.object({ part: z.string(), name: z.string(), deals: z.int() })),
  notes: z.array(
    z.discriminatedUnion("note", [
      z.object({ note: z.literal("closed_before_created"), deals: z.int() }),
      z.object({ note: z.literal("matched_disagrees"), raw: z.number(), matched: z.number() }),
    ]),
  ),
  figures: z.array(figureShape),
  /** The headline of eight quarters, oldest first, the asked one last. */
  series: z.array(z.object({ quarter: quarterShape, value: valueShape })),
}) satisfies z.ZodType<MetricReport>;
