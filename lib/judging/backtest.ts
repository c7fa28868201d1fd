import { inArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { costs, rates } from "@/db/schema/finance";
import { sealedQuarters } from "@/db/schema/reviews";
import { fiscalYear, settings } from "@/db/schema/settings";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import { parsePolicy } from "@/lib/attribution/parse-policy";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import { addDays, CALENDAR_YEAR, parseQuarter, previousQuarter, quarterOf } from "@/lib/calendar";
import { Refusal } from "@/lib/errors";
import { Backtest, type BacktestQuarter, type BacktestSummary } from "@/lib/metrics/backtest";
import { eachFacts } from "./facts";
import { eachTable } from "./packed-facts";
import { draftBook, type PolicyBook, policyBook, policyHash } from "./policy-book";
import { TwoSides } from "./two-sides";

/** A deal's facts and what either side makes of them. */
export interface Compared {
  facts: Facts;
  before: Result;
  after: Result;
}

/** Which policy a side judges by: a stored one, or a document that is stored nowhere. */
export type PolicyChoice = { policyId: string } | { document: unknown };

/** One side of a backtest. */
export interface BacktestSide {
  book: PolicyBook;
  title: string;
  /** Of the policy that judges `asOf`. */
  hash: string;
  policy: Policy;
}

/** What a signature would judge, as things stand on `asOf`; frozen quarters stay as they were sealed. */
export interface Judges {
  /** Open deals. */
  open: number;
  /** Closed ones, since this day; null when the text judges none that is closed. */
  closed: number;
  closedSince: Day | null;
  /** `YYYY-Qn`, oldest first: frozen, with deals that it would judge if they were not. */
  frozen: string[];
}

/** What is held against what; deals created or closed in the quarters, all deals when there are none. */
export interface BacktestPlan {
  before: BacktestSide;
  after: BacktestSide;
  asOf: Day;
  /** Oldest first. */
  quarters: BacktestQuarter[];
  /** What the signature asked about would judge; null when none was. */
  judges: Judges | null;
}

/** What is asked of a backtest. */
export interface BacktestAsk {
  policy: PolicyChoice;
  /** Absent: what judges each deal now. */
  against?: PolicyChoice;
  quarters: readonly string[];
  /** Hold what judges now against what would once the policy is signed to begin on this day (§5). */
  signedFrom?: Day;
}

/** How far a backtest is, in deals. */
export interface BacktestProgress {
  judged: number;
  total: number;
}

/**
 * Reads what a backtest needs besides the deals. Without `against` each deal is held against the policy
 * that judges it now (§5). Refuses an unknown policy, a document that is none, a quarter that is none.
 */
export async function planBacktest(db: Db, ask: BacktestAsk, asOf: Day): Promise<BacktestPlan> {
  if (ask.signedFrom !== undefined) return planSignature(db, ask, ask.signedFrom, asOf);
  const [after, before, quarters] = await Promise.all([
    readSide(db, ask.policy, "policy"),
    ask.against ? readSide(db, ask.against, "against") : sideInForce(db, asOf),
    readQuarters(db, ask.quarters),
  ]);
  return { before, after, asOf, quarters, judges: null };
}

/**
 * What signing would change, by the same machine: the deals it would judge (open ones, and those closed since its first
 * day or the day it reaches back to) under its text, all others as now. Frozen quarters stay sealed. The quarters are
 * those of its deals, of the last year, and those that it reaches back to.
 */
async function planSignature(
  db: Db,
  { policy }: BacktestAsk,
  signedFrom: Day,
  asOf: Day,
): Promise<BacktestPlan> {
  const [text, before, sealed] = await Promise.all([
    readSide(db, policy, "policy"),
    sideInForce(db, asOf),
    db
      .select({ quarter: sealedQuarters.quarter, from: sealedQuarters.from, to: sealedQuarters.to })
      .from(sealedQuarters)
      .orderBy(sealedQuarters.from),
  ]);
  const since = text.policy.reachesBackTo ?? signedFrom;
  const isFrozen = (day: Day) => sealed.some(({ from, to }) => from <= day && day <= to);
  const own = text.book.onDay(asOf);
  const book: PolicyBook = {
    ...text.book,
    judging(deal, day) {
      const { closedOn } = deal;
      const isOpen = closedOn === null || closedOn > day;
      return isOpen || (closedOn >= since && !isFrozen(closedOn)) ? own : before.book.judging(deal, day);
    },
    comparesCohorts: text.book.comparesCohorts || before.book.comparesCohorts,
  };
  const closed = sql`closed_on between ${since}::date and ${asOf}::date`;
  const [found] = await db.execute<{ open: number; closed: number; first: Day | null }>(sql`
    select count(*) filter (where closed_on is null or closed_on > ${asOf}::date)::integer as open,
      count(*) filter (where ${closed} and not exists
        (select from sealed_quarters q where closed_on between q.from_day and q.to_day))::integer as closed,
      min(created_on) filter (where closed_on is null or closed_on > ${asOf}::date)::text as first
    from deals where created_on <= ${asOf}::date or closed_on <= ${asOf}::date`);
  const labels = await quartersOf(db, { since, first: found?.first ?? asOf, asOf });
  const frozen = sealed.filter(({ to }) => to >= since).map(({ quarter }) => quarter);
  const quarters = await readQuarters(
    db,
    labels.filter((label) => !sealed.some(({ quarter }) => quarter === label)),
  );
  return {
    before,
    after: { ...text, book },
    asOf,
    quarters,
    judges: {
      open: found?.open ?? 0,
      closed: found?.closed ?? 0,
      closedSince: since <= asOf ? since : null,
      frozen,
    },
  };
}

/** The quarters from the one that a text reaches back to, or of the last year's open deals, to that of `asOf`. */
async function quartersOf(
  db: Db,
  { since, first, asOf }: { since: Day; first: Day; asOf: Day },
): Promise<string[]> {
  const [company] = await db.select({ fiscalYear }).from(settings);
  const year = company?.fiscalYear ?? CALENDAR_YEAR;
  const last = quarterOf(asOf, year);
  const oldest = [since, addDays(asOf, -366) > first ? addDays(asOf, -366) : first].sort()[0] as Day;
  const labels: string[] = [];
  for (let quarter = last; quarter.to >= oldest; quarter = previousQuarter(quarter, year))
    labels.push(quarter.label);
  return labels.reverse();
}

/** The company's own policies as a side. */
async function sideInForce(db: Db, asOf: Day): Promise<BacktestSide> {
  const book = await policyBook(db);
  const { policy, hash, signed } = book.onDay(asOf);
  return { book, policy, hash, title: signed?.title ?? "The unsigned draft in use" };
}

/** One document for all days as a side. */
function sideOf(policy: Policy, title: string): BacktestSide {
  return { book: draftBook(policy), policy, hash: policyHash(policy), title };
}

/** A stored policy, or a document, as a side; refuses an unknown id, named under `field`. */
export async function readSide(db: Db, choice: PolicyChoice, field: string): Promise<BacktestSide> {
  if ("document" in choice) {
    return sideOf(parsePolicy(choice.document, `${field}.document`), "A policy that is not stored");
  }
  const [row] = await db.execute<{ title: string; document: Policy }>(
    sql`select title, document from policies where id = ${choice.policyId}`,
  );
  if (row) return sideOf(row.document, row.title);
  const rule = "there is no policy with this id";
  throw new Refusal({ code: "not_found", field: `${field}.policyId`, value: choice.policyId, rule });
}

/** Each with its costs and rates: a frozen quarter's are those of its seal, to which only other currencies are added. */
async function readQuarters(db: Db, labels: readonly string[]): Promise<BacktestQuarter[]> {
  if (labels.length === 0) return [];
  const wanted = [...new Set(labels)].sort();
  const [[company], costRows, rateRows, seals] = await Promise.all([
    db.select({ fiscalYear, reporting: settings.reportingCurrency }).from(settings),
    db.select().from(costs).where(inArray(costs.quarter, wanted)),
    db.select().from(rates).where(inArray(rates.quarter, wanted)),
    db
      .select({
        quarter: sealedQuarters.quarter,
        costs: sql<BacktestQuarter["costs"]>`${sealedQuarters.header}::json -> 'costs'`,
        rates: sql<BacktestQuarter["rates"]["perUnit"]>`${sealedQuarters.header}::json -> 'rates'`,
      })
      .from(sealedQuarters)
      .where(inArray(sealedQuarters.quarter, wanted)),
  ]);
  return wanted.map((label) => {
    const seal = seals.find(({ quarter }) => quarter === label);
    const living = rateRows.filter(({ quarter }) => quarter === label);
    return {
      quarter: parseQuarter(label, company?.fiscalYear),
      costs: seal?.costs ?? costRows.filter(({ quarter }) => quarter === label),
      rates: {
        quarter: label,
        reporting: company?.reporting ?? "USD",
        perUnit: {
          ...Object.fromEntries(living.map(({ currency, rate }) => [currency, rate])),
          ...seal?.rates,
        },
      },
    };
  });
}

/** Judges every deal of a plan on both sides, in order of id, a batch at a time; nothing is stored. */
export async function* compareAll(
  db: Db,
  { before, after, asOf, quarters }: BacktestPlan,
): AsyncGenerator<Compared[]> {
  const cohorts = before.book.comparesCohorts || after.book.comparesCohorts;
  for await (const batch of eachFacts(db, { asOf, cohorts, where: within(quarters) })) {
    yield batch.map((facts) => {
      const [was, is] = [before.book.judging(facts.deal, asOf), after.book.judging(facts.deal, asOf)];
      const result = classify(was.policy, facts);
      return { facts, before: result, after: was.hash === is.hash ? result : classify(is.policy, facts) };
    });
  }
}

/**
 * Runs a backtest as a stream: yields how far it is after each batch, returns what came out. Memory does
 * not grow with the deals; whoever stops asking has cancelled it. Source: domain.md §8.8.
 */
export async function* runBacktest(
  db: Db,
  plan: BacktestPlan,
): AsyncGenerator<BacktestProgress, BacktestSummary> {
  const where = within(plan.quarters) ?? sql`true`;
  const [count] = await db.execute<{ total: number }>(sql`
    select count(*)::integer as total from deals
    where (created_on <= ${plan.asOf}::date or closed_on <= ${plan.asOf}::date) and (${where})`);
  const total = count?.total ?? 0;
  const backtest = new Backtest(plan.quarters, { before: plan.before.policy, after: plan.after.policy });
  let judged = 0;
  yield { judged, total };
  const cohorts = plan.before.book.comparesCohorts || plan.after.book.comparesCohorts;
  const sides = new TwoSides(plan.before.book, plan.after.book, plan.asOf);
  for await (const table of eachTable(db, { asOf: plan.asOf, cohorts, where: within(plan.quarters) })) {
    for (let deal = 0; deal < table.deals; deal++) {
      const { was, is } = sides.judge(table, deal);
      backtest.addColumns(table, deal, was, is);
    }
    judged += table.deals;
    // What is written meanwhile may be there in a later batch.
    yield { judged, total: Math.max(judged, total) };
  }
  return backtest.summary();
}

/** The deals that can count between the first and the last quarter: created or closed there, or open across. */
export function within(quarters: readonly BacktestQuarter[]): SQL | undefined {
  const [first, last] = [quarters[0]?.quarter, quarters.at(-1)?.quarter];
  if (!first || !last) return undefined;
  return sql`(created_on <= ${last.to}::date or closed_on <= ${last.to}::date)
    and (closed_on is null or closed_on >= ${first.from}::date or created_on >= ${first.from}::date)`;
}
