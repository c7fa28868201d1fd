import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Quarter } from "@/lib/calendar";
import { Refusal } from "@/lib/errors";
import { type Ranked, ranksOfMedian } from "@/lib/metrics/statistics";
import { type Population, QuarterTally } from "@/lib/metrics/tally";
import { bucketRange, readSpan, sizeBucket } from "@/lib/metrics/tally-lines";
import { isRate, minorDigits, type QuarterRates, toReporting } from "@/lib/money";

/** A quarter to be counted, and what of it besides counts and sums. */
export interface Wanted {
  quarter: Quarter;
  rates: QuarterRates;
  /** Cycles by cell of the matched comparison; without, all together. */
  cells: boolean;
  /** Activities on deals open at its end. */
  engagement: boolean;
  /** The classes whose median amount is asked for, each with whether its interval is, too. */
  sizes: readonly { classes: readonly string[]; interval: boolean }[];
}

interface Row extends Record<string, unknown> {
  part: Population | "cycles" | "sizes" | "engaged" | "foreign";
  /** A quarter's label, or a month. */
  at: string;
  countsAs: string;
  cell: string;
  currency: string;
  deals: string;
  amount: string;
  squares: string;
  values: number[];
  times: string[];
}

const ATTEMPTS = 4;

/**
 * The tallies of some quarters as deals are judged now, in a time that does not grow with the deals. Counts
 * come in one statement, so that they are of one moment; amounts that a median looks at in another, which is
 * asked again when somebody wrote in between.
 */
export async function readTallies(db: Db, wanted: readonly Wanted[]): Promise<QuarterTally[]> {
  for (let attempt = 1; ; attempt++) {
    const tallies = await readOnce(db, wanted);
    if (tallies) return tallies;
    if (attempt < ATTEMPTS) continue;
    const rule = "the deals are being changed faster than they can be counted: try again in a moment";
    throw new Refusal({ code: "unavailable", field: "quarter", value: wanted.at(-1)?.quarter.label, rule });
  }
}

async function readOnce(db: Db, wanted: readonly Wanted[]): Promise<QuarterTally[] | null> {
  const foreign = await foreignCurrencies(db, wanted[0]?.rates.reporting ?? "");
  const rows = await db.execute<Row>(statement(wanted, foreign));
  const found = wanted.map((one) => ({
    ...one,
    tally: new QuarterTally(one.quarter, one.rates, false),
    buckets: new Map<string, Map<number, number>>(),
  }));
  for (const one of found) one.tally.hasCells = one.cells;
  const byLabel = new Map(found.map((one) => [one.quarter.label, one]));
  for (const row of rows) {
    if (row.part === "cycles" || row.part === "sizes" || row.part === "engaged") {
      const of = found.find(({ quarter }) => row.at >= quarter.from && row.at <= quarter.to);
      if (of) addMonth(of, row);
    } else addTotals(byLabel.get(row.at) as Found, row, foreign);
  }
  for (const one of found) if (!(await readSizes(db, one, foreign))) return null;
  return found.map(({ tally }) => tally);
}

interface Found extends Wanted {
  tally: QuarterTally;
  /** Closed deals by class and bucket of their amount, in the reporting currency. */
  buckets: Map<string, Map<number, number>>;
}

/** Amounts in another currency are converted one by one, so their sums are asked of the deals. */
async function foreignCurrencies(db: Db, reporting: string): Promise<string[]> {
  const rows = await db.execute<{ currency: string }>(sql`
    select currency from tallies where kind = 'standing' and deals > 0 and currency <> ${reporting}
    union select currency from tally_changes where kind = 'standing' and currency <> ${reporting}`);
  return [...rows].map(({ currency }) => currency.trim());
}

const days = (quarter: Quarter) => sql`${quarter.from}::date and ${quarter.to}::date`;

function statement(wanted: readonly Wanted[], foreign: readonly string[]) {
  const quarters = sql.join(
    wanted.map(({ quarter: { label, from, to } }) => sql`(${label}, ${from}::date, ${to}::date)`),
    sql`, `,
  );
  const months = (some: readonly Wanted[]) =>
    some.length === 0
      ? sql`false`
      : sql.join(
          some.map(({ quarter }) => sql`month between ${days(quarter)}`),
          sql` or `,
        );
  const branches = [
    sql`select case t.kind when 'open' then 'openAtEnd' else t.kind::text end as part, q.label as at,
        t.counts_as as "countsAs", '' as cell, t.currency, sum(t.deals)::text as deals,
        sum(t.amount)::text as amount, sum(t.squares)::text as squares, null::int[] as values, null::bigint[] as times
      from (values ${quarters}) as q (label, from_day, to_day) join (
        select kind, month, counts_as, currency, deals, amount, squares from tallies where kind in ('created', 'closed', 'open')
        union all
        select kind, month, counts_as, currency, deals, amount, squares from tally_changes where kind in ('created', 'closed', 'open')
      ) t on t.month <= q.to_day and (t.kind = 'open' or t.month >= q.from_day)
      group by 1, 2, 3, 5`,
    ...(["days", "cells", "sizes", "engaged"] as const).map((kind) => {
      const some = wanted.filter((one) =>
        kind === "sizes"
          ? one.sizes.length > 0
          : kind === "engaged"
            ? one.engagement
            : one.cells === (kind === "cells"),
      );
      const part = kind === "days" || kind === "cells" ? "cycles" : kind;
      return sql`select ${part}::text, month::text, counts_as, cell, currency, deals::text, null, null, at, at_deals
          from tallies where kind = ${kind}::tally_kind and (${months(some)})
        union all select ${part}::text, month::text, counts_as, cell, currency, deals::text, null, null,
            case when at is null then '{}' else array[at] end, case when at is null then '{}' else array[deals] end
          from tally_changes where kind = ${kind}::tally_kind and (${months(some)})`;
    }),
    ...(foreign.length === 0 ? [] : wanted.map((one) => foreignSums(one, foreign))),
  ];
  return sql.join(branches, sql` union all `);
}

/** Of a quarter the sums by currency of what is not in the reporting one, each amount rounded by itself (§7). */
function foreignSums({ quarter, rates }: Wanted, foreign: readonly string[]) {
  const known = foreign.filter((currency) => isRate(rates.perUnit[currency] ?? ""));
  const terms = known.map((currency) => {
    const [numerator, denominator] = fraction(currency, rates);
    return sql`when ${currency} then div(2 * d.amount * ${numerator}::numeric + ${denominator}::numeric, 2 * ${denominator}::numeric)`;
  });
  const converted =
    terms.length === 0 ? sql`null::numeric` : sql`case d.currency::text ${sql.join(terms, sql` `)} end`;
  const among = (population: string, condition: ReturnType<typeof sql>) => sql`
    select 'foreign' as part, ${quarter.label} as at, counts_as, ${population}::text as cell, currency, '0',
      sum(converted)::text, sum(converted * converted)::text, null::int[], null::bigint[]
    from (select d.counts_as, d.currency, ${converted} as converted from judged_deals d
      where d.currency = any(${sql.param(foreign)}::text[]) and ${condition}) f group by 3, 5`;
  return sql.join(
    [
      among("created", sql`d.created_on between ${days(quarter)}`),
      among("closed", sql`d.closed_on between ${days(quarter)}`),
      among(
        "openAtEnd",
        sql`d.created_on <= ${quarter.to}::date and (d.closed_on is null or d.closed_on > ${quarter.to}::date)`,
      ),
    ],
    sql` union all `,
  );
}

/** What an amount in minor units is multiplied by and divided by (lib/money.ts `toReporting`). */
function fraction(currency: string, rates: QuarterRates): [numerator: string, denominator: string] {
  const [whole = "", decimals = ""] = (rates.perUnit[currency] as string).split(".");
  return [
    String(BigInt(whole + decimals) * 10n ** BigInt(minorDigits(rates.reporting))),
    String(10n ** BigInt(decimals.length + minorDigits(currency))),
  ];
}

function addTotals({ tally, rates }: Found, row: Row, foreign: readonly string[]): void {
  const currency = row.currency.trim();
  if (row.part === "foreign") {
    const sum = missingRate(currency, rates) ?? Number(row.amount);
    tally.count(row.cell as Population, row.countsAs, 0, sum, BigInt(row.squares ?? 0));
    return;
  }
  const own = !foreign.includes(currency);
  tally.count(
    row.part as Population,
    row.countsAs,
    Number(row.deals),
    own ? Number(row.amount) : 0,
    own ? BigInt(row.squares) : 0n,
  );
}

/** The refusal that converting by this currency's missing rate ends in; null where the rate is there. */
function missingRate(currency: string, rates: QuarterRates): Refusal | null {
  try {
    toReporting(0, currency, rates);
    return null;
  } catch (error) {
    return error as Refusal;
  }
}

function addMonth({ tally, buckets, quarter }: Found, row: Row): void {
  if (row.part === "engaged") {
    const { from, until } = readSpan(row.cell);
    if (from <= quarter.to && (until === "" || until > quarter.to))
      tally.engage(row.countsAs, Number(row.deals));
    return;
  }
  row.values.forEach((value, index) => {
    const deals = Number(row.times[index]);
    if (row.part === "cycles") tally.addCycle(row.cell, row.countsAs, value, deals);
    else {
      const known = buckets.get(row.countsAs) ?? new Map<number, number>();
      buckets.set(row.countsAs, known);
      known.set(value, (known.get(value) ?? 0) + deals);
    }
  });
}

/** Reads the amounts that medians look at; false when they are not those that were counted. */
async function readSizes(db: Db, found: Found, foreign: readonly string[]): Promise<boolean> {
  const { sizes, tally } = found;
  if (sizes.length === 0) return true;
  const answers = new Map<string, Ranked>();
  for (const { classes, interval } of sizes) {
    const ranked =
      foreign.length === 0
        ? await readWindow(db, found, classes, interval)
        : await readAll(db, found, classes);
    if (!ranked) return false;
    answers.set(classes.join(), ranked);
  }
  tally.sizes = (classes) => {
    const ranked = answers.get(classes.join());
    if (!ranked) throw new RangeError("the amounts of these classes were not read");
    return ranked;
  };
  return true;
}

/** With several currencies all amounts are read: which is the middle one depends on the rates. */
async function readAll(
  db: Db,
  { quarter, rates, tally }: Found,
  classes: readonly string[],
): Promise<Ranked | null> {
  const rows = await db.execute<{ amount: string; currency: string }>(sql`
    select amount::text as amount, currency from judged_deals
    where closed_on between ${days(quarter)} and counts_as = any(${sql.param(classes)}::text[])`);
  const expected = classes.reduce((sum, key) => sum + (tally.totals.closed.get(key)?.deals ?? 0), 0);
  if (rows.length !== expected) return null;
  const amounts = [...rows].map(({ amount, currency }) => {
    // A sheet refuses the missing rate before it looks at any amount.
    return missingRate(currency, rates) ? 0 : toReporting(Number(amount), currency, rates);
  });
  return Float64Array.from(amounts).sort();
}

/** Only the buckets that the median and its interval fall into: a few of a hundred amounts. */
async function readWindow(
  db: Db,
  { quarter, buckets }: Found,
  classes: readonly string[],
  interval: boolean,
): Promise<Ranked | null> {
  const counts = new Map<number, number>();
  for (const key of classes)
    for (const [bucket, deals] of buckets.get(key) ?? [])
      counts.set(bucket, (counts.get(bucket) ?? 0) + deals);
  const ordered = [...counts].filter(([, deals]) => deals > 0).sort(([one], [other]) => one - other);
  const length = ordered.reduce((sum, [, deals]) => sum + deals, 0);
  if (length === 0) return new Float64Array(0);
  const [lowest, highest] = ranksOfMedian(length, interval);
  let below = 0;
  let skipped = 0;
  const within: [bucket: number, deals: number][] = [];
  for (const [bucket, deals] of ordered) {
    if (below + deals <= lowest) skipped = below + deals;
    else if (below <= highest) within.push([bucket, deals]);
    below += deals;
  }
  const [least] = bucketRange(within[0]![0]);
  const [, greatest] = bucketRange(within.at(-1)![0]);
  const rows = await db.execute<{ amount: string }>(sql`
    select d.amount::text as amount from judged_deals d
    where d.counts_as = any(${sql.param(classes)}::text[]) and d.amount between ${least} and ${greatest}
      and d.closed_on between ${days(quarter)} order by d.amount`);
  const amounts = [...rows].map(({ amount }) => Number(amount));
  const asCounted = within.every(
    ([bucket, deals]) => amounts.filter((amount) => sizeBucket(amount) === bucket).length === deals,
  );
  const expected = within.reduce((sum, [, deals]) => sum + deals, 0);
  if (!asCounted || amounts.length !== expected) return null;
  return { length, at: (rank) => amounts[rank - skipped] };
}
