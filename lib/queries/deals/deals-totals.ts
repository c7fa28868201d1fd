import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { DEAL_CLASSES } from "@/lib/metrics/deal-class";
import { needsDecision } from "@/lib/metrics/deal-status";
import { isClosingSoon, readStanding } from "@/lib/metrics/tally-lines";
import { sumMinor, toReporting } from "@/lib/money";
import type { Company } from "../company/company";
import type { DealSource } from "./deal-source";
import type { DealsFilter } from "./deals-filter";
import type { OpenedNumber } from "./opened-number";

export interface Totals {
  total: number;
  /** There are more: that many were counted. */
  more: boolean;
  sum: { amount: number; currency: string } | null;
}

/** Matches are counted up to here where no tally knows them: nobody reads that many, and it takes the same time at any size. */
const COUNTED = 10_000;

/**
 * How many deals match and what they add up to: from the number itself that is opened, from the tally of how
 * deals stand, else by counting the matches as far as `COUNTED`.
 */
export async function listTotals(
  db: Db,
  source: DealSource,
  wanted: SQL,
  { filter, opened, company }: { filter: DealsFilter; opened: OpenedNumber | null; company: Company },
): Promise<Totals> {
  const { scope, search, outcome, evidence, state, stage, status, ...more } = filter;
  const { needsDecision, closingSoon, disputed, ...others } = more;
  const narrowed =
    scope !== "all" || Boolean(search?.trim()) || Object.values(others).some((value) => value !== undefined);
  const asked = [
    outcome?.length ? outcome : undefined,
    evidence,
    state,
    stage?.length ? stage : undefined,
    status?.length ? status : undefined,
    needsDecision,
    closingSoon,
    disputed,
  ];
  const all = asked.every((value) => value === undefined);
  if (opened?.totals && !narrowed && all) return { ...opened.totals, more: false };
  if (!opened && !narrowed) return standingTotals(db, filter, company.reportingCurrency);
  return countedTotals(db, source, wanted, opened, company.reportingCurrency);
}

async function standingTotals(db: Db, filter: DealsFilter, reporting: string): Promise<Totals> {
  const rows = await db.execute<{
    countsAs: string;
    cell: string;
    currency: string;
    deals: string;
    amount: string;
  }>(sql`
    select counts_as as "countsAs", cell, currency, sum(deals)::text as deals, sum(amount)::text as amount from (
      select counts_as, cell, currency, deals, amount from tallies where kind = 'standing'
      union all select counts_as, cell, currency, deals, amount from tally_changes where kind = 'standing') t
    group by 1, 2, 3 having sum(deals) > 0`);
  const matching = [...rows].filter(({ countsAs, cell }) => stands(filter, countsAs, cell));
  const total = matching.reduce((sum, { deals }) => sum + Number(deals), 0);
  const currencies = [...new Set(matching.map(({ currency }) => currency))];
  const amount = matching.reduce((sum, row) => sum + Number(row.amount), 0);
  return { total, more: false, sum: oneCurrency(currencies, amount, reporting) };
}

/** Whether deals that stand so match: the same conditions as `conditionOf`, over the tally's words. */
function stands(filter: DealsFilter, countsAs: string, cell: string): boolean {
  const { attribution, evidence, outcome: state } = DEAL_CLASSES.get(countsAs)!;
  const { stage, disputed, status } = readStanding(cell);
  const asked: [unknown, boolean][] = [
    [filter.outcome?.length || undefined, filter.outcome?.includes(attribution) ?? true],
    [filter.evidence, filter.evidence === evidence],
    [filter.state, filter.state === state],
    [filter.stage?.length || undefined, filter.stage?.includes(stage) ?? true],
    [filter.status?.length || undefined, filter.status?.includes(status) ?? true],
    [filter.needsDecision, needsDecision(status) === filter.needsDecision],
    [filter.closingSoon, isClosingSoon(state, stage) === filter.closingSoon],
    [filter.disputed, disputed === filter.disputed],
  ];
  return asked.every(([given, holds]) => given === undefined || holds);
}

function oneCurrency(currencies: readonly string[], amount: number, reporting: string): Totals["sum"] {
  if (currencies.length === 0) return { amount: 0, currency: reporting };
  const [only] = currencies;
  return currencies.length === 1 && only && Number.isSafeInteger(amount) ? { amount, currency: only } : null;
}

async function countedTotals(
  db: Db,
  { table }: DealSource,
  wanted: SQL,
  opened: OpenedNumber | null,
  reporting: string,
): Promise<Totals> {
  const rows = await db.execute<{
    currency: string;
    deals: number;
    amount: string;
    amounts: string | null;
  }>(sql`
    select currency, count(*)::int as deals, sum(amount)::text as amount,
      case when currency <> ${reporting} then string_agg(amount::text, ' ') end as amounts
    from (select d.currency, d.amount from ${table} d where ${wanted} limit ${COUNTED + 1}) m group by currency`);
  const counted = [...rows].reduce((sum, { deals }) => sum + deals, 0);
  if (counted > COUNTED) return { total: COUNTED, more: true, sum: null };
  if (!opened) {
    const currencies = [...rows].map(({ currency }) => currency);
    return {
      total: counted,
      more: false,
      sum: oneCurrency(currencies, Number(rows[0]?.amount ?? 0), reporting),
    };
  }
  return { total: counted, more: false, sum: convertedSum([...rows], opened, reporting) };
}

/** Each amount converted by itself, as the number's own are; null without a rate. */
function convertedSum(
  rows: readonly { currency: string; amount: string; amounts: string | null }[],
  { rates }: OpenedNumber,
  currency: string,
): Totals["sum"] {
  const missing = rows.some((row) => row.amounts !== null && rates.perUnit[row.currency] === undefined);
  if (missing) return null;
  const sums = rows.map(({ amount, amounts, currency: of }) =>
    amounts === null
      ? Number(amount)
      : sumMinor(amounts.split(" ").map((one) => toReporting(Number(one), of, rates))),
  );
  return { amount: sumMinor(sums), currency };
}
