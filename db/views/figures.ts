import { outcomesOf } from "../../lib/attribution/models";
import { MODELS, type Outcome } from "../../lib/attribution/vocabulary";
import { BUCKETS, type Bucket } from "../../lib/metrics/buckets";
import type { METRICS, MetricKey } from "../../lib/metrics/quarter-numbers";

/** A figure's SQL over the aggregates that its metric's view makes of each part: `<part>_deals`, `_amount`, `_median`. */
type Formulas = { readonly [M in MetricKey]: Readonly<Record<keyof (typeof METRICS)[M]["figures"], string>> };

const ratio = (over: string, under: string) => `${over}::float8 / nullif(${under}, 0)::float8`;

/** An amount that a model without the outcome leaves undefined, unless an earlier policy judged a deal so. */
function ofOutcome(outcome: Outcome, part: string): string {
  const models = MODELS.filter((model) => outcomesOf(model).includes(outcome)).map((model) => `'${model}'`);
  return `case when ${part}_deals > 0 or q.model in (${models.join(", ")}) then ${part}_amount end`;
}

const bucket = (one: Bucket) => (one === "all" || one === "direct" ? `${one}_amount` : ofOutcome(one, one));
const buckets = Object.fromEntries(BUCKETS.map((one) => [one, bucket(one)])) as Record<Bucket, string>;

/** What the policy divides program cost by. */
const partnerWon =
  "case when q.cost_denominator = 'sourced' then sourced_won_amount else attributed_won_amount end";

/**
 * Each figure of lib/metrics said once more in SQL, in double precision where it divides: to the last bit what the
 * definition says (scripts/bi-views.db.test.ts). NULL is what the product shows as "—".
 */
export const FORMULAS: Formulas = {
  sourcedPipeline: {
    amount: "sourced_amount",
    deals: "sourced_deals",
    share: ratio("sourced_amount", "created_amount"),
    openAtEnd: "open_amount",
  },
  influencedWinRate: {
    rate: ratio("won_deals", "closed_deals"),
    deals: "closed_deals",
    direct: ratio("direct_won_deals", "direct_closed_deals"),
    directDeals: "direct_closed_deals",
    ratio: `(${ratio("won_deals", "closed_deals")}) / nullif(${ratio("direct_won_deals", "direct_closed_deals")}, 0)`,
    shareOfWonRevenue: ratio("won_amount", "all_won_amount"),
  },
  cycleReduction: {
    days: "direct_median - credited_median",
    percent: "(direct_median - credited_median) / nullif(direct_median, 0)",
    direct: "direct_median",
    directDeals: "direct_deals",
    credited: "credited_median",
    creditedDeals: "credited_deals",
    matchedDays: "m.weighted / nullif(m.credited, 0)::float8",
    matchedDeals: "coalesce(m.credited, 0)",
    leftOut: "left_out_deals",
  },
  costPerPartnerDollar: {
    programCost: "k.program_cost",
    directCost: "k.direct_cost",
    attributedWon: "attributed_won_amount",
    sourcedWon: "sourced_won_amount",
    directWon: "direct_won_amount",
    perAttributed: ratio("k.program_cost", "attributed_won_amount"),
    perSourced: ratio("k.program_cost", "sourced_won_amount"),
    direct: ratio("k.direct_cost", "direct_won_amount"),
    belowDirect: `1 - (${ratio("k.program_cost", partnerWon)}) / nullif(${ratio("k.direct_cost", "direct_won_amount")}, 0)`,
  },
  threeRoles: {
    sourcedOpen: "sourced_open_amount",
    sourcedWon: "sourced_won_amount",
    coSellOpen: ofOutcome("co_sell", "co_sell_open"),
    coSellWon: ofOutcome("co_sell", "co_sell_won"),
    influencedOpen: "influenced_open_amount",
    influencedWon: "influenced_won_amount",
  },
  creditedVersusDirect: {
    creditedWinRate: ratio("credited_won_deals", "credited_closed_deals"),
    directWinRate: ratio("direct_won_deals", "direct_closed_deals"),
    creditedDealSize: "credited_won_size",
    directDealSize: "direct_won_size",
    creditedCycle: "credited_timed_median",
    directCycle: "direct_timed_median",
  },
  aeAdoption: { share: ratio("confirmed_deals", "closed_deals") },
  pipelineByBucket: buckets,
  revenueByBucket: buckets,
  newSourcedLeads: { deals: "sourced_deals" },
  engagementFrequency: {
    perDealAndMonth: "open_engagements::float8 / nullif(open_deals * 3, 0)::float8",
    deals: "open_deals",
  },
};
