import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import { reviews } from "@/db/schema/reviews";
import type { Actor } from "@/lib/auth/actor";
import { parseQuarter, previousQuarter, type Quarter, quarterOf } from "@/lib/calendar";
import { maySay } from "@/lib/commands/guard";
import {
  mayDriveReview,
  mayFreezeQuarter,
  mayStartReview,
  mayWriteReview,
} from "@/lib/commands/review/guards";
import { HEADLINE_METRICS } from "@/lib/metrics/quarter-numbers";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { readCompany } from "../company/company";
import { countStates, exceptionLines, grayShare, NO_STATES } from "../exception/exception-lines";
import { reportOf } from "../numbers/numbers";
import { defineQuery } from "../query";
import { quarterShape } from "../shapes";
import { quarterStanding, type Standing } from "./quarter-standing";
import { reviewShape } from "./review-shapes";

type Review = z.output<typeof reviewShape>;

const METRICS_OF_A_REVIEW = [
  "pipelineByBucket",
  "revenueByBucket",
  ...HEADLINE_METRICS,
  "newSourcedLeads",
  "aeAdoption",
  "engagementFrequency",
] as const;

/** All that the quarterly review shows, and all that its pack is made of (§8.7). */
export const review = defineQuery({
  name: "review",
  summary: "A quarter's review: its sections, exceptions, ask and minutes, and where the meeting stands.",
  input: z.strictObject({
    /** The last one that is over when absent. */
    quarter: quarterShape.optional(),
  }),
  output: reviewShape,
  async run({ db, actor, today }, { quarter: label }) {
    const { fiscalYear, reportingCurrency } = await readCompany(db);
    const quarter = label ? parseQuarter(label, fiscalYear) : previousQuarter(quarterOf(today, fiscalYear));
    const inQuarter = sql`e.quarter = ${quarter.label}`;
    const [standing, report, rows, counts, share, meeting] = await Promise.all([
      quarterStanding(db, quarter, today),
      reportOf(db, quarter, { today, reportingCurrency }, METRICS_OF_A_REVIEW),
      exceptionLines(db, today, inQuarter),
      countStates(db, inQuarter),
      grayShare(db, quarter),
      readMeeting(db, quarter.label),
    ]);
    const { metrics } = report;
    const { open, deferred, decided, put_right, withdrawn } = counts.get(quarter.label) ?? NO_STATES;
    return {
      quarter,
      prior: report.prior,
      state: standing.state,
      seal: standing.seal,
      asOf: standing.asOf,
      policy: standing.policy,
      reportingCurrency,
      pipeline: withoutEmptyBuckets(metrics.pipelineByBucket),
      revenue: withoutEmptyBuckets(metrics.revenueByBucket),
      economics: metrics.costPerPartnerDollar,
      indicators: [metrics.newSourcedLeads, metrics.aeAdoption, metrics.engagementFrequency],
      headline: HEADLINE_METRICS.map((key) => metrics[key]),
      exceptions: { rows, open, deferred, settled: decided + put_right + withdrawn, grayShare: share },
      meeting,
      may: mayOf(actor, quarter, standing, meeting, open),
    };
  },
});

/** Buckets that neither the quarter's model nor its past knows are left out. */
function withoutEmptyBuckets(metric: MetricReport): MetricReport {
  const figures = metric.figures.filter(({ value, prior }) => isDefined(value) || isDefined(prior));
  return { ...metric, figures };
}

async function readMeeting(db: Db, quarter: string): Promise<Review["meeting"]> {
  const [found] = await db.select().from(reviews).where(eq(reviews.quarter, quarter));
  if (!found) return null;
  const { position, turn, ask, minutes, version, startedAt, facilitatorId, askBy } = found;
  const ids = [facilitatorId, askBy].filter((id) => id !== null);
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(sql`${users.id} = any(${sql.param(ids)}::text[])`);
  const person = (id: string | null) => people.find((one) => one.id === id) ?? null;
  return {
    facilitator: person(facilitatorId),
    position,
    turn,
    ask,
    askBy: person(askBy),
    minutes,
    version,
    startedAt: startedAt.toISOString(),
  };
}

function mayOf(
  actor: Actor,
  quarter: Quarter,
  { state }: Standing,
  meeting: Review["meeting"],
  open: number,
): Review["may"] {
  const subject = { quarter, state, started: meeting !== null };
  return {
    start: maySay(mayStartReview, actor, undefined),
    // Whoever does not lead takes over first.
    drive: maySay(mayDriveReview, actor, { ...subject, facilitates: true }),
    writeAsk: maySay(mayWriteReview, actor, { ...subject, ask: true }),
    writeMinutes: maySay(mayWriteReview, actor, { ...subject, ask: false }),
    freeze: maySay(mayFreezeQuarter, actor, { ...subject, open }),
  };
}
