import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Tx } from "@/db/connection/transaction";
import { forecastSnapshots } from "@/db/schema/forecasts";
import { fiscalYear, settings } from "@/db/schema/settings";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import { CALENDAR_YEAR, type FiscalYear, mondayOf, quarterOf } from "@/lib/calendar";
import {
  type ForecastDeal,
  type ForecastSum,
  type StageProbabilities,
  sumOf,
  type WeighedDeal,
  type Weighing,
  weigh,
} from "@/lib/metrics/forecast";
import type { Left } from "@/lib/metrics/forecast-moves";
import type { QuarterRates } from "@/lib/money";
import { sha256 } from "./seals";

/** What a forecast is made of besides its deals. */
export interface ForecastBasis extends Weighing {
  fiscalYear: FiscalYear;
  /** Of each currency the quarter whose rate is taken: the quarter under way's, or the last before it that has one. */
  ratedIn: Readonly<Record<string, string>>;
}

/** A week's forecast as it is kept (domain.md §7 forecast). */
export interface ForecastDocument {
  format: 1;
  week: Day;
  takenOn: Day;
  reporting: string;
  probabilities: StageProbabilities;
  /** Reporting currency per unit, with the quarter that it is of. */
  rates: Record<string, { rate: string; quarter: string }>;
  /** In commit or its context, in order of id. */
  deals: WeighedDeal[];
  /** What became of the deals that were in commit in the week taken before, and are not any more. */
  left: Left[];
}

export async function readBasis(db: Db | Tx, today: Day): Promise<ForecastBasis> {
  const [company] = await db
    .select({
      fiscalYear,
      reporting: settings.reportingCurrency,
      probabilities: settings.stageProbabilities,
    })
    .from(settings);
  const year = company?.fiscalYear ?? CALENDAR_YEAR;
  const { label } = quarterOf(today, year);
  const stored = await db.execute<{ currency: string; quarter: string; rate: string }>(sql`
    select distinct on (currency) currency, quarter, trim_scale(rate)::text as rate from rates
    where quarter like '%Q%' and quarter <= ${label} order by currency, quarter desc`);
  const of = (what: "rate" | "quarter") =>
    Object.fromEntries([...stored].map((one) => [one.currency, one[what]]));
  const rates: QuarterRates = {
    ...{ quarter: label, reporting: company?.reporting ?? "USD" },
    perUnit: of("rate"),
  };
  return { fiscalYear: year, probabilities: company!.probabilities, rates, ratedIn: of("quarter") };
}

/** Every open deal that is in commit, or its context, in order of id. */
export async function readForecastDeals(db: Db | Tx): Promise<ForecastDeal[]> {
  const rows = await db.execute<Omit<ForecastDeal, "amount"> & { amount: string } & Record<string, unknown>>(
    sql`
    select d.deal_id as id, d.account, d.owner, d.amount::text as amount, d.currency, d.stage,
      v.expected_close_on::text as "expectedCloseOn",
      case d.outcome when 'sourced' then 'commit' else 'context' end as treatment
    from judged_deals d join deals v on v.id = d.deal_id
    where d.state = 'open' and d.outcome in ('sourced', 'co_sell') order by d.deal_id`,
  );
  return [...rows].map(({ amount, ...deal }) => ({ ...deal, amount: Number(amount) }) as ForecastDeal);
}

/** The currencies of the deals that have no rate, in order. */
export function missingRates(
  deals: readonly Pick<ForecastDeal, "currency">[],
  { rates }: Weighing,
): string[] {
  const without = deals.filter(
    ({ currency }) => currency !== rates.reporting && !Object.hasOwn(rates.perUnit, currency),
  );
  return [...new Set(without.map(({ currency }) => currency))].sort();
}

/** The forecast as it stands, in the shape it is kept in. Refuses a currency without a rate, by name. */
export async function draftWeek(db: Db | Tx, today: Day): Promise<ForecastDocument> {
  const [basis, deals] = [await readBasis(db, today), await readForecastDeals(db)];
  const week = mondayOf(today);
  const [former] = await db.execute<{ document: string }>(
    sql`select document from forecast_snapshots where week < ${week}::date order by week desc limit 1`,
  );
  const weighed = deals.map((deal) => weigh(deal, basis));
  const { rates, ratedIn } = basis;
  return {
    ...{ format: 1, week, takenOn: today, reporting: rates.reporting, probabilities: basis.probabilities },
    rates: Object.fromEntries(
      [...new Set(deals.map(({ currency }) => currency))]
        .filter((currency) => currency !== rates.reporting)
        .sort()
        .map((currency) => [currency, { rate: rates.perUnit[currency]!, quarter: ratedIn[currency]! }]),
    ),
    deals: weighed,
    left: former ? await readLeft(db, JSON.parse(former.document) as ForecastDocument, weighed) : [],
  };
}

/** What became of the deals that were in commit and are not any more. */
export async function readLeft(
  db: Db | Tx,
  former: ForecastDocument,
  deals: readonly WeighedDeal[],
): Promise<Left[]> {
  const stay = new Set(inCommit(deals).map(({ id }) => id));
  const ids = inCommit(former.deals).flatMap(({ id }) => (stay.has(id) ? [] : [id]));
  if (ids.length === 0) return [];
  const rows = await db.execute<{ id: string; state: "open" | "won" | "lost"; on: Day | null }>(sql`
    select deal_id as id, state::text as state, closed_on::text as on from judged_deals
    where deal_id = any(${sql.param(ids)}::text[])`);
  const known = new Map([...rows].map((row) => [row.id, row]));
  return ids.map((id): Left => {
    const now = known.get(id);
    if (!now) return { id, why: "gone", on: null };
    return now.state === "open" ? { id, why: "not_sourced", on: null } : { id, why: now.state, on: now.on };
  });
}

export const inCommit = (deals: readonly WeighedDeal[]): WeighedDeal[] =>
  deals.filter(({ treatment }) => treatment === "commit");

/** What finance signs: the commit of a week, with the digest over its canonical JSON (RFC 8785). */
export function digestOf(document: ForecastDocument): { text: string; digest: string; commit: ForecastSum } {
  const text = canonicalJson(document);
  return { text, digest: sha256(text), commit: sumOf(inCommit(document.deals)) };
}

/** The weeks that were taken from one to another, both included, the first first. */
export async function readWeeks(
  db: Db,
  from: Day,
  to: Day,
): Promise<{ document: ForecastDocument; digest: string }[]> {
  const { week, document, digest } = forecastSnapshots;
  const rows = await db
    .select({ document, digest })
    .from(forecastSnapshots)
    .where(sql`${week} between ${from}::date and ${to}::date`)
    .orderBy(week);
  return rows.map((row) => ({
    document: JSON.parse(row.document) as ForecastDocument,
    digest: row.digest,
  }));
}
