import { inArray } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { costs, rates } from "@/db/schema/finance";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { Quarter } from "@/lib/calendar";
import { judgedUnder } from "@/lib/judging/judged-under";
import { policyInForce } from "@/lib/judging/policy-book";
import { readTallies, type Wanted } from "@/lib/judging/read-tallies";
import type { Counting, TallyInput } from "@/lib/metrics/quarter-input";
import { type MetricKey, metricOf } from "@/lib/metrics/quarter-numbers";
import { classesOfPart } from "@/lib/metrics/sheet";
import { QuarterTally } from "@/lib/metrics/tally";
import { sealedCounting } from "./seal";
import { readSealedTally, readSeals } from "./seals";

/** How quarters are to be counted. */
export interface Asked {
  today: Day;
  /** ISO 4217. */
  reportingCurrency: string;
  /** The metrics that are asked for, by which is known what has to be read. */
  metrics: readonly MetricKey[];
  /** Of these every figure is asked for, of the others the headline alone; all when absent. */
  whole?: readonly Quarter[];
  /** Judge all deals under this instead of the company's policies, storing nothing. */
  policy?: Policy;
  /** Judge as of this day instead of `today`, storing nothing. */
  asOf?: Day;
  /** Under which key a quarter's costs and rates are kept, where it is not its label: in another fiscal year. */
  keptAs?: (quarter: Quarter) => string;
  /** Count frozen quarters from what is there now, to show beside their seals. */
  unsealed?: boolean;
}

/**
 * What each of some quarters is counted from (§7): the tallies that judging keeps or, with a policy or a day
 * of its own, a tally made for the occasion; costs; the quarter's own rates. Of a frozen quarter all of it is
 * the seal's (§1 freeze), unless it is judged for the occasion.
 */
export async function quarterInputs(
  db: Db,
  quarters: readonly Quarter[],
  asked: Asked,
): Promise<(quarter: Quarter) => TallyInput> {
  const occasion = asked.policy !== undefined || asked.asOf !== undefined;
  const sealed =
    occasion || asked.unsealed ? new Map<string, TallyInput>() : await sealedInputs(db, quarters);
  const living = quarters.filter(({ label }) => !sealed.has(label));
  if (living.length === 0) return ({ label }) => sealed.get(label)!;
  const counting = await readCounting(db, living, asked);
  const tallies = occasion
    ? await countForTheOccasion(db, living, asked, counting)
    : await readTallies(
        db,
        living.map((quarter) => wantedOf(quarter, asked, counting(quarter))),
      );
  const byLabel = new Map(tallies.map((tally) => [tally.quarter.label, tally]));
  return (quarter) =>
    sealed.get(quarter.label) ?? { ...counting(quarter), tally: byLabel.get(quarter.label)! };
}

/** What the metrics make of a quarter that has to be read. */
function wantedOf(quarter: Quarter, { metrics, whole }: Asked, { rates }: Counting): Wanted {
  const isWhole = !whole || whole.some(({ label }) => label === quarter.label);
  const isAsked = !whole || whole.at(-1)?.label === quarter.label;
  const definitions = metrics.map(metricOf);
  const sized = isWhole
    ? definitions.flatMap(({ parts, sized = [] }) => sized.map((part) => parts[part]!))
    : [];
  return {
    quarter,
    rates,
    cells: isWhole,
    engagement: metrics.includes("engagementFrequency"),
    sizes: sized.map((part) => ({ classes: classesOfPart(part), interval: isAsked })),
  };
}

/** The inputs of those of the quarters that are frozen, by label. */
async function sealedInputs(db: Db, quarters: readonly Quarter[]): Promise<Map<string, TallyInput>> {
  const seals = await readSeals(
    db,
    quarters.map(({ label }) => label),
  );
  const inputs = [...seals].map(
    async ([label, seal]) =>
      [label, { ...sealedCounting(seal.header), tally: await readSealedTally(db, seal) }] as const,
  );
  return new Map(await Promise.all(inputs));
}

/** What some quarters are counted with as it stands. */
export async function readCounting(
  db: Db,
  quarters: readonly Quarter[],
  { policy, asOf, today, reportingCurrency, keptAs = ({ label }) => label }: Omit<Asked, "metrics">,
): Promise<(quarter: Quarter) => Counting> {
  const labels = quarters.map(keptAs);
  const [costRows, rateRows, inForce] = await Promise.all([
    db.select().from(costs).where(inArray(costs.quarter, labels)),
    db.select().from(rates).where(inArray(rates.quarter, labels)),
    policyInForce(db, asOf ?? today),
  ]);
  return (asked) => {
    const { label } = asked;
    const key = keptAs(asked);
    return {
      costs: costRows.filter(({ quarter }) => quarter === key).map((cost) => ({ ...cost, quarter: label })),
      rates: {
        quarter: label,
        reporting: reportingCurrency,
        perUnit: Object.fromEntries(
          rateRows.filter(({ quarter }) => quarter === key).map(({ currency, rate }) => [currency, rate]),
        ),
      },
      policy: policy ?? inForce.policy,
    };
  };
}

/** Judges every deal once, in memory that does not grow with them. */
async function countForTheOccasion(
  db: Db,
  quarters: readonly Quarter[],
  { policy, asOf, today, metrics }: Asked,
  counting: (quarter: Quarter) => Counting,
): Promise<QuarterTally[]> {
  const sized = metrics.some((metric) => metricOf(metric).sized !== undefined);
  const tallies = quarters.map((quarter) => new QuarterTally(quarter, counting(quarter).rates, sized));
  for await (const batch of judgedUnder(db, { policy, asOf: asOf ?? today })) {
    for (const { deal } of batch) for (const tally of tallies) tally.add(deal);
  }
  return tallies;
}
