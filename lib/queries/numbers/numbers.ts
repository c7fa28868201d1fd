import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import { type FiscalYear, parseQuarter, previousQuarter, type Quarter, quarterOf } from "@/lib/calendar";
import {
  HEADLINE_METRICS,
  METRICS,
  type MetricKey,
  type QuarterNumbers,
  quarterNumbers,
  REVIEW_METRICS,
} from "@/lib/metrics/quarter-numbers";
import {
  comparedQuarters,
  type MetricReport,
  type QuarterReport,
  quarterReport,
  reportedQuarters,
} from "@/lib/metrics/quarter-report";
import { type Asked, quarterInputs } from "@/lib/sealing/quarter-inputs";
import { readSeals } from "@/lib/sealing/seals";
import { readCompany } from "../company/company";
import { defineQuery } from "../query";
import { quarterStanding, sealShape } from "../review/quarter-standing";
import { dayShape, policyStateShape, quarterShape } from "../shapes";
import { type Look, lookOf, lookShape } from "./look";
import { lookedInputs } from "./looked-inputs";
import { metricShape } from "./metric-shapes";

/** Those of the dashboard; the review's own are asked for there. */
const BESIDE = (Object.keys(METRICS) as MetricKey[]).filter(
  (key) => !([...HEADLINE_METRICS, ...REVIEW_METRICS] as readonly MetricKey[]).includes(key),
);

/** The numbers of a quarter as every surface shows them (§7). */
export const numbers = defineQuery({
  name: "numbers",
  summary: "The numbers of a fiscal quarter with their intervals, comparisons and what they open to.",
  input: z.strictObject({
    /** Today's when absent. */
    quarter: quarterShape.optional(),
    /** Narrowed, or as of a past day. */
    look: lookShape.optional(),
  }),
  output: z.object({
    quarter: z.object({ label: quarterShape, from: dayShape, to: dayShape }),
    /** The quarter is not over yet. */
    underWay: z.boolean(),
    /** The day the facts were read as of. */
    asOf: dayShape,
    policy: policyStateShape,
    /** The quarter is frozen: every number of it is its seal's. */
    seal: sealShape.nullable(),
    reportingCurrency: z.string(),
    /** Exactly the four of the dashboard, in its order. */
    headline: z.array(metricShape).length(HEADLINE_METRICS.length),
    /** The others, each for itself. */
    beside: z.array(metricShape),
    /** The quarters that can be asked for: from the first deal's to today's, newest first. */
    quarters: z.array(quarterShape),
  }),
  async run({ db, today }, { quarter: label, look: lookedAt }) {
    const [company, quarters, look] = await Promise.all([
      readCompany(db),
      readSpan(db, today),
      lookOf(db, lookedAt, today),
    ]);
    const { fiscalYear, reportingCurrency } = company;
    const quarter = label
      ? parseQuarter(label, fiscalYear)
      : quarterOf(look?.moment?.day ?? today, fiscalYear);
    const standing = await quarterStanding(db, quarter, today, look?.moment);
    const asked = { today, reportingCurrency, fiscalYear };
    const keys = [...HEADLINE_METRICS, ...BESIDE];
    const metrics = look
      ? await lookedMetrics(db, quarter, asked, keys, look)
      : await shownMetrics(db, quarter, asked, keys);
    return {
      quarter,
      underWay: (look?.moment?.day ?? today) <= quarter.to,
      asOf: standing.asOf,
      policy: standing.policy,
      seal: standing.seal,
      reportingCurrency,
      headline: HEADLINE_METRICS.map((key) => metrics[key]),
      beside: BESIDE.map((key) => metrics[key]),
      quarters: quartersBetween(quarters.first, today, fiscalYear),
    };
  },
});

type AskedInYears = Pick<Asked, "today" | "reportingCurrency"> & { fiscalYear: FiscalYear };

/** Metrics of a quarter beside their past: a frozen one's as they were sealed, the past of it included. */
async function shownMetrics<K extends MetricKey>(
  db: Db,
  quarter: Quarter,
  asked: AskedInYears,
  keys: readonly K[],
): Promise<Pick<Record<MetricKey, MetricReport>, K>> {
  const seal = (await readSeals(db, [quarter.label])).get(quarter.label);
  return seal ? seal.header.report : (await reportOf(db, quarter, asked, keys)).metrics;
}

/** The same narrowed, or as of a past day. */
async function lookedMetrics<K extends MetricKey>(
  db: Db,
  quarter: Quarter,
  { fiscalYear, ...asked }: AskedInYears,
  keys: readonly K[],
  look: Look,
): Promise<Pick<Record<MetricKey, MetricReport>, K>> {
  const quarters = reportedQuarters(quarter, fiscalYear);
  return quarterReport(await lookedInputs(db, quarters, { ...asked, metrics: keys }, look), quarters, keys)
    .metrics;
}

/** These metrics of a quarter beside their past; what a missing rate touches is undefined by name (§7). */
export async function reportOf<K extends MetricKey>(
  db: Db,
  quarter: Quarter,
  { fiscalYear, ...asked }: AskedInYears,
  keys: readonly K[],
): Promise<QuarterReport<K>> {
  const quarters = reportedQuarters(quarter, fiscalYear);
  const whole = comparedQuarters(quarters);
  const inputOf = await quarterInputs(db, quarters, { ...asked, metrics: keys, whole });
  return quarterReport(inputOf, quarters, keys);
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
  const { fiscalYear, reportingCurrency } = await readCompany(db);
  const quarter = parseQuarter(label, fiscalYear);
  const inputOf = await quarterInputs(db, [quarter], {
    today,
    asOf,
    policy: policyOverride,
    reportingCurrency,
    metrics: HEADLINE_METRICS,
  });
  return quarterNumbers(inputOf(quarter), quarter);
}

/** The days on which the first and the last deal was created or closed, today at the latest. */
export async function readSpan(db: Db, today: Day): Promise<{ first: Day; last: Day }> {
  const [row] = await db.execute<{ first: Day | null; last: Day | null }>(
    sql`select least((select min(created_on) from judged_deals), (select min(closed_on) from judged_deals),
        (select min(from_day) from sealed_quarters))::text as first,
      greatest((select max(created_on) from judged_deals), (select max(closed_on) from judged_deals))::text as last`,
  );
  const past = (day: Day | null | undefined) => (day && day < today ? day : today);
  return { first: past(row?.first), last: past(row?.last) };
}

/** Labels of the quarters from the one of `first` to the one of `last`, newest first; at most 80. */
export function quartersBetween(first: Day, last: Day, year: FiscalYear): string[] {
  const labels: string[] = [];
  for (
    let quarter = quarterOf(last, year);
    quarter.to >= first && labels.length < 80;
    quarter = previousQuarter(quarter, year)
  ) {
    labels.push(quarter.label);
  }
  return labels;
}
