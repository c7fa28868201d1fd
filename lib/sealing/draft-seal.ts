import { asc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { costNones, costs, rates } from "@/db/schema/finance";
import { settings } from "@/db/schema/settings";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { Quarter } from "@/lib/calendar";
import { heldGone } from "@/lib/judging/gone";
import { readHeld } from "@/lib/judging/held";
import type { PolicyBook, PolicyInForce } from "@/lib/judging/policy-book";
import { type ProjectedDeal, projectDeal } from "@/lib/metrics/projected-deal";
import { METRICS, type MetricKey } from "@/lib/metrics/quarter-numbers";
import { comparedQuarters, quarterReport, reportedQuarters } from "@/lib/metrics/quarter-report";
import { QuarterTally } from "@/lib/metrics/tally";
import { readJournal } from "./journal";
import { quarterInputs } from "./quarter-inputs";
import {
  countSeal,
  type SealedDocument,
  type SealedReview,
  type SealHeader,
  sealedCounting,
  sealLine,
} from "./seal";
import { contestedPartners, grayOf, readCases } from "./sealed-cases";
import { ofQuarter, quarterDocuments, SealDigest } from "./seals";

/** A seal before its two hands are on it. */
export interface SealDraft {
  header: Omit<SealHeader, "prepared" | "sealed" | "demo">;
  /** In order of id, each with its line and what lists and numbers read of it. */
  lines: { line: string; deal: ProjectedDeal }[];
  tally: QuarterTally;
  /**
   * What a preparation holds, and a freeze has to find again, 64 hexadecimal digits: policy, calendar, costs,
   * rates, cases, ask, minutes and every closed deal. What goes on by itself is not in it: open deals, the
   * quarters before, the day.
   */
  digest: string;
}

const KEYS = Object.keys(METRICS) as MetricKey[];

/** All that a seal of the quarter, made today, would hold. Refuses a missing rate by name. Reads and writes nothing. */
export async function draftSeal(db: Db, quarter: Quarter, today: Day, book: PolicyBook): Promise<SealDraft> {
  const [company] = await db.select().from(settings);
  const { fiscalFirstMonth = 1, fiscalNamedBy = "end", reportingCurrency = "USD" } = company ?? {};
  const inForce = book.onDay(today);
  const kept = {
    ...{ quarter, fiscalFirstMonth, fiscalNamedBy, reportingCurrency },
    policy: { hash: inForce.hash, signed: inForce.signed, unsignedBefore: inForce.unsignedBefore },
    ...(await readFinance(db, quarter.label)),
    exceptions: await readCases(db, quarter.label),
    review: await readReview(db, quarter.label),
    corrections: await readJournal(db, quarter.label),
  };
  const { lines, policies, partners, closed, digest } = await readDeals(db, kept, today, book, inForce);
  const counting = sealedCounting({ ...kept, policies });
  const tally = new QuarterTally(quarter, counting.rates);
  for (const { deal } of lines) tally.add(deal);
  const input = { ...counting, tally };
  return {
    lines,
    tally,
    digest,
    header: {
      format: 5,
      company: company?.company ?? "",
      asOf: today,
      ...kept,
      policies,
      partners: { ...(await contestedPartners(db, kept.exceptions)), ...partners },
      ...countSeal(input, quarter),
      report: await reportBeside(db, input, quarter, today, reportingCurrency),
      gray: grayOf(kept.exceptions, closed),
      deals: lines.length,
      closed: closed.size,
    },
  };
}

type Kept = Pick<
  SealHeader,
  | "quarter"
  | "policy"
  | "costs"
  | "noCosts"
  | "rates"
  | "exceptions"
  | "review"
  | "corrections"
  | "reportingCurrency"
>;

async function readDeals(db: Db, matter: Kept, today: Day, book: PolicyBook, inForce: PolicyInForce) {
  const { from, to } = matter.quarter;
  const policies: Record<string, Policy> = { [inForce.hash]: inForce.policy };
  const byHash = new Map(book.policies.map(({ hash, policy }) => [hash, policy]));
  const lines: SealDraft["lines"] = [];
  const partners: Record<string, string> = {};
  const closed = new Set<string>();
  const digest = new SealDigest();
  digest.add(canonicalJson(matterOf(matter)));
  const add = (document: SealedDocument) => {
    const { policyHash, facts } = document;
    policies[policyHash] ??= byHash.get(policyHash) ?? book.judging(facts.deal, today).policy;
    // What another quarter holds has the names of its day: those of today stand in the header.
    for (const [id, name] of Object.entries(document.partners))
      if (facts.asOf === today || !(id in partners)) partners[id] = name;
    lines.push({ line: sealLine(document), deal: projectDeal(document) });
  };
  for await (const batch of quarterDocuments(db, matter.quarter, today, book)) {
    const held = await readHeld(
      db,
      batch.map(({ facts }) => facts.deal.id),
    );
    for (const now of batch) {
      const kept = held.get(now.facts.deal.id);
      const document = kept === undefined ? now : (JSON.parse(kept) as SealedDocument);
      add(document);
      const { id, closedOn } = document.facts.deal;
      if (closedOn === null || closedOn < from || closedOn > to) continue;
      closed.add(id);
      digest.add(canonicalJson(undated(document)));
    }
  }
  // What another frozen quarter holds of a deal that is gone since; none of them closed in this one.
  const gone = (await heldGone(db, ofQuarter(matter.quarter))) as SealedDocument[];
  if (gone.length > 0) {
    gone.forEach(add);
    lines.sort((one, other) => Buffer.compare(Buffer.from(one.deal.id), Buffer.from(other.deal.id)));
  }
  return { lines, policies, partners, closed, digest: digest.end() };
}

/** Of what is kept the part that two people look at; who leads the meeting may change hands. */
function matterOf({ review, policy, ...kept }: Kept): unknown {
  const written = review && { ask: review.ask, askBy: review.askBy, minutes: review.minutes };
  return { ...kept, policy: policy.hash, review: written };
}

function undated({ facts: { asOf: _, ...facts }, ...document }: SealedDocument): unknown {
  return { ...document, facts };
}

/** Every metric beside its past as it stands now: earlier quarters from their seals, or as judged now. */
async function reportBeside(
  db: Db,
  input: ReturnType<typeof sealedCounting> & { tally: QuarterTally },
  quarter: Quarter,
  today: Day,
  reportingCurrency: string,
): Promise<SealHeader["report"]> {
  const past = reportedQuarters(quarter).filter(({ label }) => label !== quarter.label);
  const whole = comparedQuarters(quarter);
  const pastOf = await quarterInputs(db, past, { today, reportingCurrency, metrics: KEYS, whole });
  const { metrics } = quarterReport(
    (one) => (one.label === quarter.label ? input : pastOf(one)),
    quarter,
    undefined,
    "required",
  );
  // As a reader of the stored text will have it: what is undefined is not there.
  return JSON.parse(JSON.stringify(metrics));
}

async function readFinance(
  db: Db,
  quarter: string,
): Promise<Pick<SealHeader, "costs" | "noCosts" | "rates">> {
  const { side, category, amount, currency } = costs;
  const [costRows, noCosts, rateRows] = await Promise.all([
    db
      .select({ quarter: costs.quarter, side, category, amount, currency })
      .from(costs)
      .where(eq(costs.quarter, quarter))
      .orderBy(asc(side), sql`${category} collate "C"`, asc(currency)),
    db
      .select({ side: costNones.side, category: costNones.category })
      .from(costNones)
      .where(eq(costNones.quarter, quarter))
      .orderBy(asc(costNones.side), sql`${costNones.category} collate "C"`),
    db.select().from(rates).where(eq(rates.quarter, quarter)),
  ]);
  const byCurrency = Object.fromEntries(rateRows.map(({ currency, rate }) => [currency, rate]));
  return { costs: costRows, noCosts, rates: byCurrency };
}

async function readReview(db: Db, quarter: string): Promise<SealedReview | null> {
  const [review] = await db.execute<SealedReview & Record<string, unknown>>(sql`
    select r.ask, r.minutes,
      to_char(r.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startedAt",
      (select json_build_object('id', u.id, 'name', u.name) from users u where u.id = r.facilitator_id) as facilitator,
      (select json_build_object('id', u.id, 'name', u.name) from users u where u.id = r.ask_by) as "askBy"
    from reviews r where r.quarter = ${quarter}`);
  return review ? { ...review } : null;
}
