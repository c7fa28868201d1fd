import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { users } from "@/db/schema/people";
import { reviews } from "@/db/schema/reviews";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { parseQuarter, previousQuarter, type Quarter, quarterOf } from "@/lib/calendar";
import { maySayNoCost } from "@/lib/commands/finance/guards";
import { maySay } from "@/lib/commands/guard";
import {
  mayDriveReview,
  mayFreezeQuarter,
  mayPrepareFreeze,
  mayStartReview,
  mayWriteReview,
} from "@/lib/commands/review/guards";
import { policyBook } from "@/lib/judging/policy-book";
import { HEADLINE_METRICS } from "@/lib/metrics/quarter-numbers";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { closeChecklist } from "@/lib/sealing/checklist";
import { isDemoQuarter } from "@/lib/sealing/demo-quarter";
import { readJournal } from "@/lib/sealing/journal";
import { readPreparation } from "@/lib/sealing/preparation";
import type { SealHeader } from "@/lib/sealing/seal";
import { readSeals, type Seal } from "@/lib/sealing/seals";
import { readCompany } from "../company/company";
import { countKinds, exceptionLines, grayShare, type KindCount } from "../exception/exception-lines";
import { reportOf } from "../numbers/numbers";
import { defineQuery, type ReadContext } from "../query";
import { quarterShape } from "../shapes";
import { CASES_A_PAGE, type CasesPage, meetingCases, sealedCases } from "./meeting-cases";
import { quarterStanding, type Standing, standingOf } from "./quarter-standing";
import { reviewShape } from "./review-shapes";
import { sealedKinds, sealedLines, shareOf } from "./sealed-lines";

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
  run: (context, asked) => readReview(context, asked, firstCases),
});

/** Which of the cases come with it: the first ones, or for a pack all. */
type Cases = (db: Db, today: Day, quarter: string | SealHeader) => Promise<CasesPage>;

const firstCases: Cases = async (db, today, quarter) =>
  typeof quarter === "string"
    ? meetingCases(db, today, quarter, { limit: CASES_A_PAGE })
    : sealedCases(quarter, { limit: CASES_A_PAGE });

/** All of them, as the log has them: what is taken away is whole. */
export const allCases: Cases = async (db, today, quarter) => ({
  rows:
    typeof quarter === "string"
      ? await exceptionLines(db, today, sql`e.quarter = ${quarter}`)
      : sealedLines(quarter),
  next: null,
});

export async function readReview(
  { db, actor, today }: ReadContext,
  { quarter: label }: { quarter?: string | undefined },
  cases: Cases,
): Promise<Review> {
  const { fiscalYear, reportingCurrency } = await readCompany(db);
  const quarter = label
    ? parseQuarter(label, fiscalYear)
    : previousQuarter(quarterOf(today, fiscalYear), fiscalYear);
  const seal = (await readSeals(db, [quarter.label])).get(quarter.label);
  if (seal) {
    const [place, page] = await Promise.all([readPlace(db, quarter.label), cases(db, today, seal.header)]);
    return sealedReview(seal, actor, place, page);
  }
  const [standing, report, page, kinds, share, meeting, close, corrections, demo] = await Promise.all([
    quarterStanding(db, quarter, today),
    reportOf(db, quarter, { today, reportingCurrency, fiscalYear }, METRICS_OF_A_REVIEW),
    cases(db, today, quarter.label),
    countKinds(db, quarter.label),
    grayShare(db, quarter),
    readMeeting(db, quarter.label),
    readClose(db, quarter, today),
    readJournal(db, quarter.label),
    isDemoQuarter(db, quarter),
  ]);
  const { metrics } = report;
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
    exceptions: { ...page, ...countedBy(kinds), grayShare: share },
    meeting,
    corrections,
    close,
    may: mayOf(actor, quarter, standing.state, meeting, close, demo),
  };
}

/** The cases of all kinds together, and each kind's. */
function countedBy(kinds: readonly KindCount[]) {
  const of = (state: "open" | "deferred" | "settled") => kinds.reduce((sum, one) => sum + one[state], 0);
  const [open, deferred, settled] = [of("open"), of("deferred"), of("settled")];
  return { kinds: [...kinds], open, deferred, settled, total: open + deferred + settled };
}

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

/** The close checklist as it stands now, and who prepared the freeze. */
async function readClose(db: Db, quarter: Quarter, today: Day): Promise<Review["close"]> {
  const [checklist, preparation] = await Promise.all([
    policyBook(db).then((book) => closeChecklist(db, quarter, today, book)),
    readPreparation(db, quarter.label),
  ]);
  return { checklist, preparation: preparation && { by: preparation.by, at: preparation.at } };
}

function mayOf(
  actor: Actor,
  quarter: Quarter,
  state: Standing["state"],
  meeting: Review["meeting"],
  close: Review["close"],
  demo: boolean,
): Review["may"] {
  const subject = { quarter, state, started: meeting !== null };
  return {
    start: maySay(mayStartReview, actor, subject),
    // Whoever does not lead takes over first.
    drive: maySay(mayDriveReview, actor, { ...subject, facilitates: true }),
    writeAsk: maySay(mayWriteReview, actor, { ...subject, ask: true }),
    writeMinutes: maySay(mayWriteReview, actor, { ...subject, ask: false }),
    sayNoCost: maySay(maySayNoCost, actor, undefined),
    prepare: maySay(mayPrepareFreeze, actor, { ...subject, ...close, demo }),
    freeze: maySay(mayFreezeQuarter, actor, { ...subject, ...close, demo }),
  };
}

type Place = Pick<NonNullable<Review["meeting"]>, "position" | "turn" | "version">;

/** Where the meeting of a frozen quarter stands: steering is no part of what was sealed. */
async function readPlace(db: Db, quarter: string): Promise<Place | null> {
  const [found] = await db
    .select({ position: reviews.position, turn: reviews.turn, version: reviews.version })
    .from(reviews)
    .where(eq(reviews.quarter, quarter));
  return found ?? null;
}

/** A frozen quarter's review: nothing in it is read from anywhere but its seal (§8.7). */
function sealedReview(
  seal: Seal,
  actor: Actor,
  place: { position: string; turn: number } | null,
  page: CasesPage,
): Review {
  const { header } = seal;
  const { quarter, report, gray, review } = header;
  const close = { checklist: header.prepared.checklist, preparation: header.prepared };
  const meeting = review && { ...review, version: 0, position: "pipeline", turn: 0, ...place };
  return {
    quarter,
    prior: previousQuarter(quarter, header.fiscalYear).label,
    ...standingOf(seal),
    reportingCurrency: header.reportingCurrency,
    pipeline: withoutEmptyBuckets(report.pipelineByBucket),
    revenue: withoutEmptyBuckets(report.revenueByBucket),
    economics: report.costPerPartnerDollar,
    indicators: [report.newSourcedLeads, report.aeAdoption, report.engagementFrequency],
    headline: HEADLINE_METRICS.map((key) => report[key]),
    exceptions: { ...page, ...countedBy(sealedKinds(header)), grayShare: shareOf(gray) },
    meeting,
    corrections: header.corrections,
    close: { checklist: close.checklist, preparation: { by: header.prepared.by, at: header.prepared.at } },
    may: mayOf(actor, quarter, "frozen", meeting, close, header.demo),
  };
}
