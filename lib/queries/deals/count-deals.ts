import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { rates } from "@/db/schema/finance";
import { DEAL_CLASSES } from "@/lib/metrics/deal-class";
import { needsDecision } from "@/lib/metrics/deal-status";
import { readStanding } from "@/lib/metrics/tally-lines";
import { sumMinor, toReporting } from "@/lib/money";
import { quarterShape } from "../shapes";
import type { AskedDeals } from "./asked-deals";
import type { DealsFilter } from "./deals-filter";
import { someOf } from "./deals-ways";
import type { OpenedNumber } from "./opened-number";

export interface Totals {
  total: number;
  /** There are more: that many were counted. */
  more: boolean;
  sum: { amount: number; currency: string } | null;
  /** With whose rates several currencies were added up, and which of them have none; null where none was needed. */
  rates: { quarter: string; missing: string[] } | null;
}

/** With whose rates several currencies were added up, and which of them have none. */
export const ratesShape = z.object({ quarter: quarterShape, missing: z.array(z.string()) });

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
  if (page.next === null) return totalsOf(db, groupsOf(page.rows), asked);
  const kept = await keptTotals(db, asked);
  if (kept) return kept;
  const groups = await readGroups(db, asked, COUNTED + 1);
  const counted = groups.reduce((sum, { deals }) => sum + deals, 0);
  return counted > COUNTED
    ? { total: COUNTED, more: true, sum: null, rates: null }
    : totalsOf(db, groups, asked);
}

/** The same of all that match, however long it takes. */
export async function allTotals(db: Db, asked: AskedDeals): Promise<Totals> {
  return (await keptTotals(db, asked)) ?? totalsOf(db, await readGroups(db, asked, null), asked);
}

/** What is known without counting; null where the filter asks for more than tallies tell. */
async function keptTotals(db: Db, asked: AskedDeals): Promise<Totals | null> {
  const { filter, opened } = asked;
  const { scope, search, outcome, evidence, state, stage, status, ...more } = filter;
  const { needsDecision, disputed, ...others } = more;
  const narrowed =
    scope !== "all" || Boolean(search?.trim()) || Object.values(others).some((value) => value !== undefined);
  if (narrowed) return null;
  if (!opened) return standingTotals(db, asked);
  const narrowing = [
    outcome?.length ? outcome : undefined,
    evidence,
    state,
    stage?.length ? stage : undefined,
    status?.length ? status : undefined,
    needsDecision,
    disputed,
  ];
  return opened.totals && narrowing.every((value) => value === undefined)
    ? { ...opened.totals, more: false, rates: null }
    : null;
}

async function standingTotals(db: Db, asked: AskedDeals): Promise<Totals> {
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
  const matching = [...rows].filter(({ countsAs, cell }) => stands(asked.filter, countsAs, cell));
  const total = matching.reduce((sum, { deals }) => sum + Number(deals), 0);
  const sums = new Map<string, bigint>();
  for (const { currency, amount } of matching)
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
  return { total, more: false, ...(await addUp(db, sums, asked)) };
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
    [filter.disputed, disputed === filter.disputed],
  ];
  return asked.every(([given, holds]) => given === undefined || holds);
}

/** One currency as it is; several in the reporting one, each sum rounded once, or by name which of them have no rate. */
async function addUp(
  db: Db,
  sums: ReadonlyMap<string, bigint>,
  { company: { reportingCurrency: reporting }, ratesOf: quarter }: AskedDeals,
): Promise<Pick<Totals, "sum" | "rates">> {
  if ([...sums.values()].some((sum) => sum > Number.MAX_SAFE_INTEGER)) return { sum: null, rates: null };
  const amounts = [...sums].map(([currency, sum]) => ({ currency, amount: Number(sum) }));
  const [only = { currency: reporting, amount: 0 }, ...others] = amounts;
  if (others.length === 0) return { sum: only, rates: null };
  const stored = await db.select().from(rates).where(eq(rates.quarter, quarter));
  const perUnit = Object.fromEntries(stored.map(({ currency, rate }) => [currency, rate]));
  const missing = amounts
    .map(({ currency }) => currency)
    .filter((currency) => currency !== reporting && perUnit[currency] === undefined)
    .sort();
  if (missing.length > 0) return { sum: null, rates: { quarter, missing } };
  const converted = amounts.map(({ amount, currency }) =>
    toReporting(amount, currency, { quarter, reporting, perUnit }),
  );
  return { sum: { amount: sumMinor(converted), currency: reporting }, rates: { quarter, missing } };
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
  { source, wanted, ways, opened, company }: AskedDeals,
  most: number | null,
): Promise<Group[]> {
  const foreign = opened ? sql`currency <> ${company.reportingCurrency}` : sql`false`;
  const rows = await db.execute<Group & Record<string, unknown>>(sql`
    select currency, count(*)::int as deals, sum(amount)::text as amount,
      coalesce(string_agg(amount::text, ' ') filter (where ${foreign}), '') as amounts
    from (${
      ways
        ? sql`select d.currency, d.amount from (${someOf(ways, most)}) f join judged_deals d on d.deal_id = f.deal_id`
        : sql`select d.currency, d.amount from ${source.table} d where ${wanted} limit ${most}::int`
    }) m
    group by currency`);
  return [...rows];
}

async function totalsOf(db: Db, groups: readonly Group[], asked: AskedDeals): Promise<Totals> {
  const { opened, company } = asked;
  const total = groups.reduce((sum, { deals }) => sum + deals, 0);
  if (opened)
    return { total, more: false, sum: convertedSum(groups, opened, company.reportingCurrency), rates: null };
  const sums = new Map(groups.map(({ currency, amount }) => [currency, BigInt(amount)]));
  return { total, more: false, ...(await addUp(db, sums, asked)) };
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
