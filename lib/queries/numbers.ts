import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import { lastQuarters, parseQuarter, previousQuarter, type Quarter, quarterOf } from "@/lib/calendar";
import {
  HEADLINE_METRICS,
  METRICS,
  type MetricKey,
  type QuarterNumbers,
  quarterNumbers,
} from "@/lib/metrics/quarter-numbers";
import {
  type MetricReport,
  type QuarterReport,
  quarterReport,
  SPARKLINE_QUARTERS,
} from "@/lib/metrics/quarter-report";
import { UNDEFINED_REASONS, type UndefinedReason } from "@/lib/metrics/value";
import { readCompany } from "./company";
import { policyState } from "./policy-state";
import { type Counting, quarterInputs } from "./quarter-inputs";
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
  /** What each deal of those parts adds to it: its amount, one, or its days from created to closed. */
  adds: z.enum(["amount", "deals", "days"]),
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
}) satisfies z.ZodType<MetricReport>;

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
  async run({ db, today }, { quarter: label }) {
    const [company, inForce, quarters] = await Promise.all([
      readCompany(db),
      policyState(db, today),
      readSpan(db, today),
    ]);
    const { fiscalFirstMonth: firstMonth, reportingCurrency } = company;
    const quarter = label ? parseQuarter(label, firstMonth) : quarterOf(today, firstMonth);
    const report = await reportOf(db, quarter, { today, reportingCurrency });
    const isHeadline = (key: MetricKey) => (HEADLINE_METRICS as readonly MetricKey[]).includes(key);
    return {
      quarter,
      underWay: today <= quarter.to,
      asOf: today,
      policy: inForce,
      reportingCurrency,
      headline: HEADLINE_METRICS.map((key) => report.metrics[key]),
      beside: METRIC_KEYS.filter((key) => !isHeadline(key)).map((key) => report.metrics[key]),
      quarters: quartersBetween(quarters.first, today, firstMonth),
    };
  },
});

/** Every metric of a quarter beside its past. Refuses a missing rate of the quarter by name (§7). */
export async function reportOf(db: Db, quarter: Quarter, counting: Counting): Promise<QuarterReport> {
  const inputOf = await quarterInputs(db, lastQuarters(SPARKLINE_QUARTERS, quarter), counting);
  return quarterReport(inputOf, quarter);
}

/**
 * The four numbers of one quarter in the shape of data/crm/expected.json, for `npm run numbers`: as
 * judged now or, with a policy or a day of its own, judged for the occasion and not stored.
 *
 * @param label `YYYY-Qn`, in the company's fiscal years
 */
export async function printedNumbers(
  db: Db,
  label: string,
  { today, policyOverride, asOf }: { today: Day; policyOverride?: Policy; asOf?: Day },
): Promise<QuarterNumbers> {
  const { fiscalFirstMonth, reportingCurrency } = await readCompany(db);
  const quarter = parseQuarter(label, fiscalFirstMonth);
  const inputOf = await quarterInputs(db, [quarter], {
    today,
    asOf,
    policy: policyOverride,
    reportingCurrency,
  });
  return quarterNumbers(inputOf(quarter), quarter);
}

async function readSpan(db: Db, today: Day): Promise<{ first: Day }> {
  const [row] = await db.execute<{ first: Day | null }>(
    sql`select least(min(created_on), min(closed_on))::text as first from deals`,
  );
  return { first: row?.first && row.first < today ? row.first : today };
}

/** Labels of the quarters from the one of `first` to the one of `last`, newest first; at most 80. */
function quartersBetween(first: Day, last: Day, firstMonth: number): string[] {
  const labels: string[] = [];
  for (
    let quarter = quarterOf(last, firstMonth);
    quarter.to >= first && labels.length < 80;
    quarter = previousQuarter(quarter)
  ) {
    labels.push(quarter.label);
  }
  return labels;
}
