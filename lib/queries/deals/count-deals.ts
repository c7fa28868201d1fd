import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { DEAL_CLASSES } from "@/lib/metrics/deal-class";
import { needsDecision } from "@/lib/metrics/deal-status";
import { isClosingSoon, readStanding } from "@/lib/metrics/tally-lines";
import { sumMinor, toReporting } from "@/lib/money";
import type { AskedDeals } from "./asked-deals";
import type { DealsFilter } from "./deals-filter";
import type { OpenedNumber } from "./opened-number";

export interface Totals {
  total: number;
  /** There are more: that many were counted. */
  more: boolean;
  sum: { amount: number; currency: string } | null;
}

/** Matches are counted up to here where no tally knows them, unless somebody asks for all: it takes the same time at any size. */
const COUNTED = 1_000;

/**
 * How many deals match and what they add up to, beside the first page of them: from that page where it holds
 * all, from the number itself that is opened, from the tally of how deals stand, else by counting the matches
 * as far as `COUNTED`.
 */
export async function listTotals(
  db: Db,
  asked: AskedDeals,
  page: { rows: readonly { currency: string; amount: string }[]; next: string | null },
): Promise<Totals> {
  if (page.next === null) return totalsOf(groupsOf(page.rows), asked);
  const kept = await keptTotals(db, asked);
  if (kept) return kept;
  const groups = await readGroups(db, asked, COUNTED + 1);
  const counted = groups.reduce((sum, { deals }) => sum + deals, 0);
  return counted > COUNTED ? { total: COUNTED, more: true, sum: null } : totalsOf(groups, asked);
}

/** The same of all that match, however long it takes. */
export async function allTotals(db: Db, asked: AskedDeals): Promise<Totals> {
  return (await keptTotals(db, asked)) ?? totalsOf(await readGroups(db, asked, null), asked);
}

/** What is known without counting; null where the filter asks for more than tallies tell. */
async function keptTotals(db: Db, { filter, opened, company }: AskedDeals): Promise<Totals | null> {
  const { scope, search, outcome, evidence, state, stage, status, ...more } = filter;
  const { needsDecision, closingSoon, disputed, ...others } = more;
  const narrowed =
    scope !== "all" || Boolean(search?.trim()) || Object.values(others).some((value) => value !== undefined);
  if (narrowed) return null;
  if (!opened) return standingTotals(db, filter, company.reportingCurrency);
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
  return opened.totals && asked.every((value) => value === undefined)
    ? { ...opened.totals, more: false }
    : null;
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

/** Deals of one currency; each of their amounts, with spaces between, where each is to be converted by itself. */
interface Group {
  currency: string;
  deals: number;
  amount: string;
  amounts: string;
}

function groupsOf(rows: readonly { currency: string; amount: string }[]): Group[] {
  return [...new Set(rows.map(({ currency }) => currency))].map((currency) => {
    const amounts = rows.flatMap((row) => (row.currency === currency ? [row.amount] : []));
    const amount = amounts.reduce((sum, one) => sum + BigInt(one), 0n);
    return { currency, deals: amounts.length, amount: String(amount), amounts: amounts.join(" ") };
  });
}

async function readGroups(
  db: Db,
  { source, wanted, opened, company }: AskedDeals,
  most: number | null,
): Promise<Group[]> {
  const foreign = opened ? sql`currency <> ${company.reportingCurrency}` : sql`false`;
  const rows = await db.execute<Group & Record<string, unknown>>(sql`
    select currency, count(*)::int as deals, sum(amount)::text as amount,
      coalesce(string_agg(amount::text, ' ') filter (where ${foreign}), '') as amounts
    from (select d.currency, d.amount from ${source.table} d where ${wanted} limit ${most}::int) m
    group by currency`);
  return [...rows];
}

function totalsOf(groups: readonly Group[], { opened, company: { reportingCurrency } }: AskedDeals): Totals {
  const total = groups.reduce((sum, { deals }) => sum + deals, 0);
  const currencies = groups.map(({ currency }) => currency);
  const sum = opened
    ? convertedSum(groups, opened, reportingCurrency)
    : oneCurrency(currencies, Number(groups[0]?.amount ?? 0), reportingCurrency);
  return { total, more: false, sum };
}

/** Each amount converted by itself, as the number's own are; null without a rate. */
function convertedSum(groups: readonly Group[], { rates }: OpenedNumber, reporting: string): Totals["sum"] {
  const foreign = groups.filter(({ currency }) => currency !== reporting);
  if (foreign.some(({ currency }) => rates.perUnit[currency] === undefined)) return null;
  const sums = groups.map(({ amount, amounts, currency }) =>
    currency === reporting
      ? Number(amount)
      : sumMinor(amounts.split(" ").map((one) => toReporting(Number(one), currency, rates))),
  );
  return { amount: sumMinor(sums), currency: reporting };
}
