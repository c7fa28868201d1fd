import { asc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { costNones, costs, rates } from "@/db/schema/finance";
import { settings, yearOf } from "@/db/schema/settings";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { Quarter } from "@/lib/calendar";
import { heldGone } from "@/lib/judging/gone";
import { readHeld } from "@/lib/judging/held";
import type { PolicyBook, PolicyInForce } from "@/lib/judging/policy-book";
import { projectDeal } from "@/lib/metrics/projected-deal";
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
  tally: QuarterTally;
  /**
   * What a preparation holds, and a freeze has to find again, 64 hexadecimal digits: policy, calendar, costs,
   * rates, cases, ask, minutes and every closed deal. What goes on by itself is not in it: open deals, the
   * quarters before, the day.
   */
  digest: string;
}

const KEYS = Object.keys(METRICS) as MetricKey[];

/** Takes the line of each document of a seal, in order of id. */
export type TakeLine = (line: string) => Promise<void>;

/**
 * All that a seal of the quarter, made today, would hold: its documents one after the other to `take`, so that any number of
 * them needs the memory of a batch. Refuses a missing rate by name. Writes nothing.
 */
export async function draftSeal(
  db: Db,
  quarter: Quarter,
  today: Day,
  book: PolicyBook,
  take: TakeLine = async () => {},
): Promise<SealDraft> {
  const [company] = await db.select().from(settings);
  const { reportingCurrency = "USD" } = company ?? {};
  const year = yearOf(company);
  const inForce = book.onDay(today);
  const kept = {
    ...{ quarter, fiscalYear: year, reportingCurrency },
    policy: { hash: inForce.hash, signed: inForce.signed, unsignedBefore: inForce.unsignedBefore },
    ...(await readFinance(db, quarter.label)),
    exceptions: await readCases(db, quarter.label),
    review: await readReview(db, quarter.label),
    corrections: await readJournal(db, quarter.label),
  };
  const read = await readDeals(db, kept, { today, book, inForce }, take);
  const { deals, tally, policies, partners, closed, digest } = read;
  const input = { ...sealedCounting({ ...kept, policies }), tally };
  return {
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
      report: await reportBeside(db, input, reportedQuarters(quarter, year), { today, reportingCurrency }),
      gray: grayOf(kept.exceptions, closed),
      deals,
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

/** How a seal's documents are judged. */
interface Judging {
  today: Day;
  book: PolicyBook;
  inForce: PolicyInForce;
}

/** What the documents of a seal come to. */
class Sealing {
  readonly tally: QuarterTally;
  readonly policies: Record<string, Policy>;
  readonly partners: Record<string, string> = {};
  /** Of the deals closed in the quarter their number, and which of those that have a case. */
  readonly closed: { size: number; has(id: string): boolean };
  deals = 0;
  private readonly digest = new SealDigest();
  private readonly contested: ReadonlyMap<string, { closed: boolean }>;

  constructor(
    private readonly matter: Kept,
    private readonly judging: Judging,
    private readonly take: TakeLine,
  ) {
    const { inForce } = judging;
    this.policies = { [inForce.hash]: inForce.policy };
    this.tally = new QuarterTally(
      matter.quarter,
      sealedCounting({ ...matter, policies: this.policies }).rates,
    );
    this.contested = new Map(matter.exceptions.map(({ dealId }) => [dealId, { closed: false }]));
    this.closed = { size: 0, has: (id) => this.contested.get(id)?.closed === true };
    this.digest.add(canonicalJson(matterOf(matter)));
  }

  async add(document: SealedDocument): Promise<void> {
    const { policyHash, facts } = document;
    const { book, today } = this.judging;
    this.policies[policyHash] ??=
      book.policies.find(({ hash }) => hash === policyHash)?.policy ?? book.judging(facts.deal, today).policy;
    this.tally.add(projectDeal(document));
    this.deals += 1;
    await this.take(sealLine(document));
  }

  /** What another quarter holds has the names of its day: those of today stand in the header. */
  name({ facts, partners }: SealedDocument): void {
    for (const [id, name] of Object.entries(partners))
      if (facts.asOf === this.judging.today || !(id in this.partners)) this.partners[id] = name;
  }

  /** Of those closed in the quarter a preparation holds every letter. */
  prepare(document: SealedDocument): void {
    const { id, closedOn } = document.facts.deal;
    const { from, to } = this.matter.quarter;
    if (closedOn === null || closedOn < from || closedOn > to) return;
    this.closed.size += 1;
    const contested = this.contested.get(id);
    if (contested) contested.closed = true;
    this.digest.add(canonicalJson(undated(document)));
  }

  end(): string {
    return this.digest.end();
  }
}

async function readDeals(db: Db, matter: Kept, judging: Judging, take: TakeLine) {
  const { today, book } = judging;
  const sealing = new Sealing(matter, judging, take);
  // What another frozen quarter holds of a deal that is gone since; none of them closed in this one.
  const gone = ((await heldGone(db, ofQuarter(matter.quarter))) as SealedDocument[]).sort(inOrder);
  let next = 0;
  for await (const batch of quarterDocuments(db, matter.quarter, today, book)) {
    const held = await readHeld(
      db,
      batch.map(({ facts }) => facts.deal.id),
    );
    for (const now of batch) {
      for (; next < gone.length && inOrder(gone[next]!, now) < 0; next++) await sealing.add(gone[next]!);
      const kept = held.get(now.facts.deal.id);
      const document = kept === undefined ? now : (JSON.parse(kept) as SealedDocument);
      await sealing.add(document);
      sealing.name(document);
      sealing.prepare(document);
    }
  }
  for (; next < gone.length; next++) await sealing.add(gone[next]!);
  for (const document of gone) sealing.name(document);
  const { deals, tally, policies, partners, closed } = sealing;
  return { deals, tally, policies, partners, closed, digest: sealing.end() };
}

/** In order of id by bytes, as a seal is. */
const inOrder = (one: SealedDocument, other: SealedDocument) =>
  Buffer.compare(Buffer.from(one.facts.deal.id), Buffer.from(other.facts.deal.id));

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
  quarters: readonly Quarter[],
  asked: { today: Day; reportingCurrency: string },
): Promise<SealHeader["report"]> {
  const past = quarters.slice(0, -1);
  const whole = comparedQuarters(quarters);
  const pastOf = await quarterInputs(db, past, { ...asked, metrics: KEYS, whole });
  const { metrics } = quarterReport(
    (one) => (past.includes(one) ? pastOf(one) : input),
    quarters,
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
