import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import type { Day, DealFacts } from "@/lib/attribution/facts";
import { OUTCOMES } from "@/lib/attribution/vocabulary";
import { parseQuarter, type Quarter, quarterOf } from "@/lib/calendar";
import { isRefusal } from "@/lib/errors";
import { policyInForce } from "@/lib/judging/policy-book";
import { DEAL_CLASSES, type DealClass } from "@/lib/metrics/deal-class";
import type { Figure } from "@/lib/metrics/definition";
import type { JudgedDeal } from "@/lib/metrics/judged-deal";
import type { ProjectedPartner } from "@/lib/metrics/projected-deal";
import type { Counting } from "@/lib/metrics/quarter-input";
import { type MetricKey, metricOf, partsOf, sheetsOf } from "@/lib/metrics/quarter-numbers";
import { QuarterTally } from "@/lib/metrics/tally";
import type { Value } from "@/lib/metrics/value";
import { readCounting } from "@/lib/sealing/quarter-inputs";
import { sealedCounting } from "@/lib/sealing/seal";
import { readCompany } from "../company/company";
import { sourceOf } from "../deals/deal-source";
import { defineQuery } from "../query";
import { quarterShape } from "../shapes";
import { valueShape } from "./metric-shapes";
import { proofsBy, RANKED_BY, type RankedBy } from "./ranked-activities";

/** The figures of a row, each by the definition that it is. */
const RANKED = {
  sourced: { number: "sourcedPipeline", figure: "amount" },
  creditedWon: { number: "costPerPartnerDollar", figure: "attributedWon" },
  winRate: { number: "influencedWinRate", figure: "rate" },
} as const satisfies Readonly<Record<string, { number: MetricKey; figure: string }>>;
type Ranked = keyof typeof RANKED;
const RANKED_KEYS = Object.keys(RANKED) as [Ranked, ...Ranked[]];

/** Partners, or AEs, beside each other by the definitions of the numbers narrowed to each (§7). */
export const ranking = defineQuery({
  name: "ranking",
  summary:
    "Partners or owners of deals by what they sourced, won with credit, their win rate and proof rate.",
  input: z.strictObject({
    /** Today's when absent. */
    quarter: quarterShape.optional(),
    by: z.enum(RANKED_BY),
  }),
  output: z.object({
    quarter: quarterShape,
    reportingCurrency: z.string(),
    /** What each figure opens to, narrowed to its row: ask `deals-list` with these, the quarter and the look. */
    opens: z.record(
      z.enum(RANKED_KEYS),
      z.object({ number: z.string(), figure: z.string(), parts: z.array(z.string()) }),
    ),
    /** Those with a deal in the quarter or open at its end; most sourced first, then most won with credit, then by name. */
    rows: z.array(
      z.object({
        /** A partner's id, an owner's name. */
        id: z.string(),
        name: z.string(),
        sourced: valueShape,
        creditedWon: valueShape,
        /** Of the deals of the influenced family that closed. */
        winRate: valueShape,
        closed: z.int(),
        /** Activities of the last twelve calendar months, and those of them with proof: `ranked-activities` lists them. */
        activities: z.int(),
        proven: z.int(),
      }),
    ),
  }),
  async run({ db, today }, { quarter: label, by }) {
    const { fiscalYear, reportingCurrency } = await readCompany(db);
    const quarter = label ? parseQuarter(label, fiscalYear) : quarterOf(today, fiscalYear);
    const counting = await countingOf(db, quarter, today, reportingCurrency);
    const [tallies, names, proofs] = await Promise.all([
      talliesBy(db, quarter, counting, by),
      namesOf(db),
      proofsBy(db, today, by),
    ]);
    const rows = [...tallies].map(([id, tally]) => {
      const sheets = sheetsOf({ ...counting, narrowed: true, tally }, quarter);
      const told = (key: Ranked) => toldValue(figureOf(key), sheets(RANKED[key].number));
      return {
        ...{ id, name: by === "owner" ? id : (names.get(id)?.name ?? id) },
        ...{ sourced: told("sourced"), creditedWon: told("creditedWon"), winRate: told("winRate") },
        closed: sheets("influencedWinRate").count("closed"),
        ...(proofs.get(id) ?? { activities: 0, proven: 0 }),
      };
    });
    const worth = (value: Value) => (typeof value === "number" ? value : -1);
    rows.sort(
      (one, other) =>
        worth(other.sourced) - worth(one.sourced) ||
        worth(other.creditedWon) - worth(one.creditedWon) ||
        one.name.localeCompare(other.name),
    );
    const opens = Object.fromEntries(
      RANKED_KEYS.map((key) => [
        key,
        { ...RANKED[key], parts: [...partsOf(figureOf(key), counting.policy)] },
      ]),
    ) as Record<Ranked, { number: string; figure: string; parts: string[] }>;
    return { quarter: quarter.label, reportingCurrency, opens, rows };
  },
});

const figureOf = (key: Ranked) => metricOf(RANKED[key].number).figures[RANKED[key].figure] as Figure<string>;

/** A rate that is missing leaves what needs it undefined, by name. */
function toldValue(figure: Figure<string>, sheet: Parameters<Figure<string>["value"]>[0]): Value {
  try {
    return figure.value(sheet);
  } catch (error) {
    if (!(isRefusal(error) && error.field.startsWith("rates."))) throw error;
    return { undefined: "missing_rate", detail: error.rule };
  }
}

async function countingOf(
  db: Db,
  quarter: Quarter,
  today: Day,
  reportingCurrency: string,
): Promise<Counting> {
  const { seal } = await sourceOf(db, quarter.label);
  if (seal) return sealedCounting(seal.header);
  const { policy } = await policyInForce(db, today);
  return (await readCounting(db, [quarter], { today, reportingCurrency, policy }))(quarter);
}

interface Row
  extends Record<string, unknown>,
    Pick<DealFacts, "currency" | "type" | "createdOn" | "closedOn"> {
  owner: string;
  amount: string;
  countsAs: string;
  partners: ProjectedPartner[];
}

/** A tally of the quarter each: of an owner's deals, or of those that a partner is on, in its own outcome. */
async function talliesBy(
  db: Db,
  quarter: Quarter,
  { rates }: Counting,
  by: RankedBy,
): Promise<Map<string, QuarterTally>> {
  const { from, to } = quarter;
  const { table } = await sourceOf(db, quarter.label);
  const [names, rows] = await Promise.all([
    namesOf(db),
    db.execute<Row>(sql`
      select d.owner, d.amount::text as amount, d.currency::text as currency, d.type::text as type,
        d.created_on::text as "createdOn", d.closed_on::text as "closedOn", d.counts_as as "countsAs", d.partners
      from ${table} d where d.closed_on between ${from}::date and ${to}::date
        or d.created_on <= ${to}::date and (d.created_on >= ${from}::date or d.closed_on is null or d.closed_on > ${to}::date)`),
  ]);
  const tallies = new Map<string, QuarterTally>();
  for (const { owner, amount, countsAs, partners, ...row } of rows) {
    const classes = by === "owner" ? [[owner, countsAs] as const] : ownClasses(partners, countsAs, names);
    for (const [key, own] of classes) {
      const tally = tallies.get(key) ?? new QuarterTally(quarter, rates, false);
      tallies.set(key, tally);
      const deal: JudgedDeal = {
        ...{ id: "", owner, route: "direct", amount: Number(amount) },
        ...row,
        ...(DEAL_CLASSES.get(own) as DealClass),
      };
      tally.add(deal);
    }
  }
  return tallies;
}

/** Each partner on a deal, its records together, with the class that the deal has in its own best outcome. */
function ownClasses(
  partners: readonly ProjectedPartner[],
  countsAs: string,
  names: ReadonlyMap<string, { became: string }>,
): (readonly [string, string])[] {
  const [, state, confirmed, cycle] = countsAs.split("/");
  const best = new Map<string, ProjectedPartner>();
  for (const one of partners) {
    const key = names.get(one.id)?.became ?? one.id;
    const known = best.get(key);
    if (!known || OUTCOMES.indexOf(one.outcome) < OUTCOMES.indexOf(known.outcome)) best.set(key, one);
  }
  return [...best].map(([key, { outcome, evidence }]) => [
    key,
    [outcome, state, confirmed, cycle, evidence ?? "none"].join("/"),
  ]);
}

async function namesOf(db: Db): Promise<Map<string, { name: string; became: string }>> {
  const rows = await db.execute<{ id: string; name: string; became: string }>(
    sql`select id, name, coalesce(merged_into, id) as became from partners`,
  );
  return new Map([...rows].map(({ id, name, became }) => [id, { name, became }]));
}
