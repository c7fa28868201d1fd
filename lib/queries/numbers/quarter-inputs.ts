import { inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { costs, rates } from "@/db/schema/finance";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { Quarter } from "@/lib/calendar";
import { policyInForce } from "@/lib/judging/policy-book";
import type { JudgedDeal, QuarterInput } from "@/lib/metrics/judged-deal";
import { sealedInput } from "@/lib/sealing/seal";
import { readSeals, readSummaries } from "@/lib/sealing/seals";
import { judgedDeals, judgedUnder } from "./judged-deals";

/** How a quarter is to be counted. */
export interface Counting {
  today: Day;
  /** ISO 4217. */
  reportingCurrency: string;
  /** Judge all deals under this instead of the company's policies, storing nothing. */
  policy?: Policy;
  /** Judge as of this day instead of `today`, storing nothing. */
  asOf?: Day;
  /** Also the days of the deals' activities, for the review. */
  engagement?: boolean;
  /** Count frozen quarters from what is there now, to show beside their seals. */
  unsealed?: boolean;
}

/**
 * What each of some consecutive quarters, oldest first, is counted from (§7): the deals as judged now
 * or, with a policy or a day of its own, judged for the occasion; costs; the quarter's own rates. Of a
 * frozen quarter all of it is the seal's (§1 freeze), unless it is judged for the occasion.
 */
export async function quarterInputs(
  db: Db,
  quarters: readonly Quarter[],
  counting: Counting,
): Promise<(quarter: Quarter) => QuarterInput> {
  const [first, last] = [quarters[0]!, quarters.at(-1)!];
  const labels = quarters.map(({ label }) => label);
  const asOf = counting.asOf ?? counting.today;
  const occasion = counting.policy !== undefined || counting.asOf !== undefined;
  const sealed =
    occasion || counting.unsealed ? new Map<string, QuarterInput>() : await sealedInputs(db, labels);
  if (sealed.size === labels.length) return ({ label }) => sealed.get(label)!;
  const [deals, costRows, rateRows, inForce] = await Promise.all([
    countedDeals(db, first.from, last.to, counting),
    db.select().from(costs).where(inArray(costs.quarter, labels)),
    db.select().from(rates).where(inArray(rates.quarter, labels)),
    policyInForce(db, asOf),
  ]);
  const policy = counting.policy ?? inForce.policy;
  const live = ({ label }: Quarter): QuarterInput => ({
    deals,
    costs: costRows,
    rates: {
      quarter: label,
      reporting: counting.reportingCurrency,
      perUnit: Object.fromEntries(
        rateRows.filter(({ quarter }) => quarter === label).map(({ currency, rate }) => [currency, rate]),
      ),
    },
    policy,
  });
  return (quarter) => sealed.get(quarter.label) ?? live(quarter);
}

/** The inputs of those of the quarters that are frozen, by label. */
async function sealedInputs(db: Db, labels: readonly string[]): Promise<Map<string, QuarterInput>> {
  const seals = await readSeals(db, labels);
  const inputs = [...seals].map(
    async ([label, seal]) => [label, sealedInput(seal.header, await readSummaries(db, seal))] as const,
  );
  return new Map(await Promise.all(inputs));
}

/** The deals that can count between two days: created or closed between them, or open across the first. */
async function countedDeals(db: Db, from: Day, to: Day, counting: Counting): Promise<JudgedDeal[]> {
  if (counting.policy === undefined && counting.asOf === undefined) {
    const among = sql`(d.created_on <= ${to}::date or d.closed_on <= ${to}::date)
      and (d.closed_on is null or d.closed_on >= ${from}::date or d.created_on >= ${from}::date)`;
    return judgedDeals(db, counting.today, among, { engagement: counting.engagement });
  }
  const deals: JudgedDeal[] = [];
  const asOf = counting.asOf ?? counting.today;
  for await (const batch of judgedUnder(db, { policy: counting.policy, asOf })) {
    for (const { deal } of batch) deals.push(deal);
  }
  return deals;
}
