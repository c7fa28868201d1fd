import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { costNones } from "@/db/schema/finance";
import { DEAL_TYPES, ROUTES } from "@/lib/attribution/vocabulary";
import { daysBetween, parseQuarter, type Quarter } from "@/lib/calendar";
import { Refusal } from "@/lib/errors";
import type { Counting } from "@/lib/metrics/quarter-input";
import { dealsOf, metricOf } from "@/lib/metrics/quarter-numbers";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { sumMinor, toReporting } from "@/lib/money";
import { quarterInputs } from "@/lib/sealing/quarter-inputs";
import { readCompany } from "../company/company";
import { sourceOf } from "../deals/deal-source";
import { type BehindDeal, dealsOfQuarter } from "../numbers/judged-deals";
import { defineQuery, type ReadContext } from "../query";
import { dayShape, outcomeShape, quarterShape, stateShape } from "../shapes";
import { allCases, readReview } from "./review";
import { reviewShape } from "./review-shapes";

const dealShape = z.object({
  id: z.string(),
  account: z.string(),
  owner: z.string(),
  type: z.enum(DEAL_TYPES),
  route: z.enum(ROUTES),
  createdOn: dayShape,
  closedOn: dayShape.nullable(),
  outcome: stateShape,
  attribution: outcomeShape,
  /** Minor units of `currency`. */
  amount: z.int(),
  currency: z.string(),
  /** Minor units of the reporting currency, by the quarter's own rate. */
  reporting: z.int(),
  /** From created to closed; null while open. */
  days: z.int().nullable(),
  /** Activities on it in the quarter; null where they were not asked for. */
  activities: z.int().nullable(),
});

const partShape = z.object({
  metric: z.string(),
  metricName: z.string(),
  part: z.string(),
  name: z.string(),
  deals: z.array(dealShape),
});
type Part = z.output<typeof partShape>;

/** Writes go on between two reads; a pack whose numbers are not its deals' is read again. */
const ATTEMPTS = 4;

/** A review to take away: what it shows, and the deals behind every number of it (§8.7). */
export const reviewPack = defineQuery({
  name: "review-pack",
  summary:
    "A quarter's review with the deals behind each of its numbers, as the PDF, slides and sheet show it.",
  input: z.strictObject({ quarter: quarterShape }),
  output: z.object({
    company: z.string(),
    /** Who takes it away, and when; null of a frozen quarter's, which is its seal's for everybody. */
    made: z.object({ by: z.string(), on: dayShape }).nullable(),
    review: reviewShape,
    /** The quarter's own, or its seal's. */
    costs: z.array(
      z.object({
        quarter: quarterShape,
        side: z.enum(["partner_program", "direct_sales"]),
        category: z.string(),
        amount: z.int(),
        currency: z.string(),
      }),
    ),
    /** Categories that were said to have no cost. */
    noCosts: z.array(z.object({ side: z.enum(["partner_program", "direct_sales"]), category: z.string() })),
    /** Parts with deals, and those that a figure opens to. */
    behind: z.array(partShape),
  }),
  async run(context, { quarter: label }) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const pack = await readPack(context, label);
      if (agrees(pack.review, pack.behind)) return pack;
    }
    const rule = "the quarter's deals are being changed faster than they can be read: try again in a moment";
    throw new Refusal({ code: "unavailable", field: "quarter", value: label, rule });
  },
});

async function readPack(context: ReadContext, label: string) {
  const { db, today, actor } = context;
  const [{ company, fiscalYear, reportingCurrency }, found, source] = await Promise.all([
    readCompany(db),
    readReview(context, { quarter: label }, allCases),
    sourceOf(db, label),
  ]);
  const header = source.seal?.header;
  const quarter = header?.quarter ?? parseQuarter(label, fiscalYear);
  const inputOf = await quarterInputs(db, [quarter], { today, reportingCurrency, metrics: [] });
  const input = inputOf(quarter);
  const deals = await dealsOfQuarter(db, source, quarter);
  return {
    company: header?.company ?? company,
    made: header ? null : { by: actor.name, on: today },
    review: found,
    costs: input.costs.filter((row) => row.quarter === label).map((row) => ({ ...row })),
    noCosts: header?.noCosts ?? (await readNoCosts(db, label)),
    behind: partsBehind(metricsOf(found), deals, input, quarter),
  };
}

async function readNoCosts(db: Db, quarter: string) {
  const { side, category } = costNones;
  return db
    .select({ side, category })
    .from(costNones)
    .where(eq(costNones.quarter, quarter))
    .orderBy(side, category);
}

/** Every metric of a review once; the economics are one of the four numbers, too. */
function metricsOf({ pipeline, revenue, economics, indicators, headline }: z.output<typeof reviewShape>) {
  const all: MetricReport[] = [...headline, pipeline, revenue, economics, ...indicators];
  return [...new Map(all.map((metric) => [metric.key, metric])).values()];
}

function partsBehind(
  metrics: readonly MetricReport[],
  all: readonly BehindDeal[],
  counting: Counting,
  quarter: Quarter,
): Part[] {
  const packed = new Map(all.map((deal) => [deal, packDeal(deal, counting, quarter)]));
  return metrics.flatMap((metric) => {
    const opened = new Set(metric.figures.flatMap(({ opens }) => opens.map(({ part }) => part)));
    return Object.entries(metricOf(metric.key).parts)
      .map(([part, { name }]) => {
        const deals = dealsOf(metric.key, part, all, quarter).map((deal) => packed.get(deal)!);
        return { metric: metric.key, metricName: metric.name, part, name, deals };
      })
      .filter(({ part, deals }) => deals.length > 0 || opened.has(part));
  });
}

function packDeal(deal: BehindDeal, { rates }: Counting, { from, to }: Quarter) {
  const { id, owner, type, route, createdOn, closedOn, outcome, attribution, amount, currency, engagedOn } =
    deal;
  return {
    ...{ id, owner, type, route, createdOn, closedOn, outcome, attribution, amount, currency },
    account: deal.account ?? "",
    reporting: toReporting(amount, currency, rates),
    days: closedOn === null ? null : daysBetween(createdOn, closedOn),
    activities: engagedOn.filter((day) => day >= from && day <= to).length,
  };
}

/** Whether each number is made of exactly the deals behind it: as many, and for sums of as much. */
function agrees(found: z.output<typeof reviewShape>, behind: readonly Part[]): boolean {
  const partOf = new Map(behind.map((part) => [`${part.metric}.${part.part}`, part]));
  return metricsOf(found).every(({ key, figures }) =>
    figures.every(({ opens, unit, value }) =>
      opens.every(({ part, deals: count }) => {
        const deals = partOf.get(`${key}.${part}`)?.deals ?? [];
        const isSum = unit === "money" && opens.length === 1 && typeof value === "number";
        return (
          deals.length === count && (!isSum || value === sumMinor(deals.map(({ reporting }) => reporting)))
        );
      }),
    ),
  );
}
