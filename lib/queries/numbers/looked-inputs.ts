import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day, DealFacts } from "@/lib/attribution/facts";
import type { Quarter } from "@/lib/calendar";
import { judgedAt, knownAt, type Moment } from "@/lib/judging/known-at";
import { policyInForce } from "@/lib/judging/policy-book";
import { DEAL_CLASSES, type DealClass } from "@/lib/metrics/deal-class";
import type { JudgedDeal } from "@/lib/metrics/judged-deal";
import { type Narrowing, narrowed } from "@/lib/metrics/narrowing";
import type { Counting, TallyInput } from "@/lib/metrics/quarter-input";
import type { MetricKey } from "@/lib/metrics/quarter-numbers";
import { QuarterTally } from "@/lib/metrics/tally";
import { countingAt } from "@/lib/sealing/moved-numbers";
import { quarterInputs, readCounting } from "@/lib/sealing/quarter-inputs";
import { sealedCounting } from "@/lib/sealing/seal";
import { readSeals, type Seal } from "@/lib/sealing/seals";
import { livingDeals, sourceOf } from "../deals/deal-source";
import { isBy, narrowedTable } from "../deals/looked-source";
import type { Look } from "./look";

interface Asked {
  today: Day;
  reportingCurrency: string;
  metrics: readonly MetricKey[];
}

/**
 * What each of some quarters is counted from as it is looked at (§7): narrowed, as of a past day, or both. The deals
 * are read one by one; a frozen quarter is its seal, narrowed or not, unless it was not frozen yet. The last is the
 * asked one.
 */
export async function lookedInputs(
  db: Db,
  quarters: readonly Quarter[],
  asked: Asked,
  { narrowing, moment }: Look,
): Promise<(quarter: Quarter) => TallyInput> {
  const labels = quarters.map(({ label }) => label);
  const seals = new Map(
    [...(await readSeals(db, labels))].filter(([, { at }]) => moment === null || isBy(at, moment.at)),
  );
  const inputs = new Map<string, TallyInput>();
  const frozen = quarters.filter(({ label }) => seals.has(label));
  if (frozen.length > 0) {
    const sealed = narrowing ? null : await quarterInputs(db, frozen, asked);
    for (const quarter of frozen) {
      const seal = seals.get(quarter.label) as Seal;
      inputs.set(
        quarter.label,
        sealed ? sealed(quarter) : await narrowedSeal(db, quarter, seal, narrowing as Narrowing),
      );
    }
  }
  const living = quarters.filter(({ label }) => !seals.has(label));
  if (living.length > 0) {
    const found = await (moment
      ? pastTallies(db, living, asked, { narrowing, moment })
      : narrowedTallies(db, living, asked, narrowing as Narrowing));
    for (const input of found) inputs.set(input.tally.quarter.label, input);
  }
  return ({ label }) => inputs.get(label) as TallyInput;
}

/** A tally of each quarter, to be filled deal by deal. */
function emptyTallies(
  quarters: readonly Quarter[],
  countingOf: (quarter: Quarter) => Counting,
  isNarrowed: boolean,
): TallyInput[] {
  return quarters.map((quarter) => {
    const counting = countingOf(quarter);
    return { ...counting, narrowed: isNarrowed, tally: new QuarterTally(quarter, counting.rates) };
  });
}

async function pastTallies(
  db: Db,
  quarters: readonly Quarter[],
  { reportingCurrency }: Asked,
  { narrowing, moment }: { narrowing: Narrowing | null; moment: Moment },
): Promise<TallyInput[]> {
  const known = await knownAt(db, moment);
  const counting = await countingAt(db, known, quarters, reportingCurrency);
  const inputs = emptyTallies(quarters, counting, narrowing !== null);
  for await (const batch of judgedAt(known, spanOf(quarters)))
    for (const deal of batch) {
      const counted = narrowing ? narrowed(deal, narrowing) : deal;
      if (counted) for (const { tally } of inputs) tally.add(counted);
    }
  return inputs;
}

async function narrowedTallies(
  db: Db,
  quarters: readonly Quarter[],
  { today, reportingCurrency }: Asked,
  narrowing: Narrowing,
): Promise<TallyInput[]> {
  const { policy } = await policyInForce(db, today);
  const counting = await readCounting(db, quarters, { today, reportingCurrency, policy });
  const inputs = emptyTallies(quarters, counting, true);
  const { from, to } = spanOf(quarters);
  const among = sql`d.created_on <= ${to}::date
      and (d.closed_on is null or d.closed_on >= ${from}::date or d.created_on >= ${from}::date)
    or d.closed_on between ${from}::date and ${to}::date`;
  const table = narrowedTable(livingDeals(db).table, narrowing);
  await addRows(
    db,
    table,
    among,
    inputs.map(({ tally }) => tally),
  );
  return inputs;
}

async function narrowedSeal(
  db: Db,
  quarter: Quarter,
  { header }: Seal,
  narrowing: Narrowing,
): Promise<TallyInput> {
  const [input] = emptyTallies([quarter], () => sealedCounting(header), true);
  const { table } = await sourceOf(db, quarter.label);
  await addRows(db, narrowedTable(table, narrowing), sql`true`, [input!.tally]);
  return input!;
}

interface Row
  extends Record<string, unknown>,
    Pick<DealFacts, "currency" | "type" | "createdOn" | "closedOn"> {
  amount: string;
  countsAs: string;
  engagedOn: Day[];
}

async function addRows(
  db: Db,
  table: ReturnType<typeof sql>,
  among: ReturnType<typeof sql>,
  tallies: readonly QuarterTally[],
): Promise<void> {
  const rows = await db.execute<Row>(sql`
    select d.amount::text as amount, d.currency::text as currency, d.type::text as type, d.created_on::text as "createdOn",
      d.closed_on::text as "closedOn", d.counts_as as "countsAs", d.engaged_on::text[] as "engagedOn"
    from ${table} d where ${among}`);
  for (const { amount, countsAs, ...row } of rows) {
    // What a tally looks at of a deal; who it is, is nothing to it.
    const deal: JudgedDeal = {
      ...{ id: "", owner: "", route: "direct", amount: Number(amount) },
      ...row,
      ...(DEAL_CLASSES.get(countsAs) as DealClass),
    };
    for (const tally of tallies) tally.add(deal);
  }
}

const spanOf = (quarters: readonly Quarter[]) => ({
  from: quarters.reduce((first, { from }) => (from < first ? from : first), quarters[0]!.from),
  to: quarters.reduce((last, { to }) => (to > last ? to : last), quarters[0]!.to),
});
