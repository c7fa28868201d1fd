import { z } from "zod";
import { HEADLINE_METRICS, METRICS, type MetricKey } from "@/lib/metrics/quarter-numbers";
import { UNDEFINED_REASONS, type UndefinedReason } from "@/lib/metrics/value";
import { defineQuery } from "./query";
import { dayShape, policyStateShape, quarterShape } from "./shapes";

const METRIC_KEYS = Object.keys(METRICS) as [MetricKey, ...MetricKey[]];
const REASONS = Object.keys(UNDEFINED_REASONS) as [UndefinedReason, ...UndefinedReason[]];

/** A number, or why there is none: shown as "—" with the reason, never as 0 (§7). */
const valueShape = z.union([
  z.number(),
  z.object({ undefined: z.enum(REASONS), detail: z.string().optional() }),
]);

const figureShape = z.object({
  key: z.string(),
  name: z.string(),
  unit: z.enum(["money", "perUnit", "share", "times", "days", "deals"]),
  value: valueShape,
  /** 95 %; null for counts and sums, and where it cannot be told. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  benchmark: z.object({ low: z.number(), high: z.number(), words: z.string() }).nullable(),
  /** The same figure in the quarter before, and in the same quarter a year before. */
  prior: valueShape,
  yearBefore: valueShape,
  /** The parts it opens to, numerator first: ask `deals-list` with quarter, number and part. */
  opens: z.array(z.object({ part: z.string(), name: z.string(), deals: z.int() })),
});

const metricShape = z.object({
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
});

/** The numbers of a quarter as every surface shows them (§7). */
export const numbers = defineQuery({
  name: "numbers",
  summary: "The numbers of a fiscal quarter with their intervals, comparisons and what they open to.",
  input: z.strictObject({
    /** Today's when absent. */
    quarter: quarterShape.optional(),
  }),
  output: z.object({
    quarter: z.object({ label: quarterShape, from: dayShape, to: dayShape }),
    /** The quarter is not over yet. */
    underWay: z.boolean(),
    /** The day the facts were read as of. */
    asOf: dayShape,
    policy: policyStateShape,
    reportingCurrency: z.string(),
    /** Exactly the four of the dashboard, in its order. */
    headline: z.array(metricShape).length(HEADLINE_METRICS.length),
    /** The others, each for itself. */
    beside: z.array(metricShape),
    /** The quarters that can be asked for: from the first deal's to today's, newest first. */
    quarters: z.array(quarterShape),
  }),
  async run() {
    throw new Error("not written yet");
  },
});
export type Numbers = z.output<typeof numbers.output>;
