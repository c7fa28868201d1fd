import { define } from "./definition";
import type { NumbersPolicy } from "./judged-deal";
import { isCreditedWin, isDirectWin, isSourcedWin } from "./predicates";
import type { Sheet } from "./sheet";
import { costPerSum, type Sums } from "./statistics";
import { isDefined, ratio, type Value } from "./value";
import { money, perUnit } from "./written";

type CostPart = "attributedWon" | "sourcedWon" | "directWon";

const headlinePart = (policy: NumbersPolicy) =>
  policy.costDenominator === "sourced" ? "sourcedWon" : "attributedWon";

const perAttributed = (q: Sheet<CostPart>) =>
  ratio(q.cost("partner_program"), q.amount("attributedWon"), "no_credited_revenue");
const perSourced = (q: Sheet<CostPart>) =>
  ratio(q.cost("partner_program"), q.amount("sourcedWon"), "no_sourced_revenue");
const perDirect = (q: Sheet<CostPart>) =>
  ratio(q.cost("direct_sales"), q.amount("directWon"), "no_direct_revenue");

const perPartner = (q: Sheet<CostPart>) =>
  headlinePart(q.policy) === "sourcedWon" ? perSourced(q) : perAttributed(q);

const costInterval = (cost: Value, won: Sums) => (isDefined(cost) ? costPerSum(cost, won) : null);

export const costPerPartnerDollar = define({
  name: "Fully loaded cost per partner dollar",
  formula:
    "Partner program cost in the quarter ÷ amount won in it in the policy's denominator, sourced alone or sourced and influenced (the other is shown beside it); beside it direct sales cost ÷ direct amount won",
  source: "domain.md §7 metric 4, §5 Decided; [1]",
  owner: "finance",
  version: 1,
  parts: {
    attributedWon: {
      name: "Credited, won",
      population: "closed",
      keeps: isCreditedWin,
    },
    sourcedWon: {
      name: "Sourced, won",
      population: "closed",
      keeps: isSourcedWin,
    },
    directWon: {
      name: "Direct, won",
      population: "closed",
      keeps: isDirectWin,
    },
  },
  figures: {
    programCost: {
      name: "Program cost",
      unit: "money",
      opens: [],
      adds: "amount",
      value: (q) => q.cost("partner_program"),
    },
    directCost: {
      name: "Direct sales cost",
      unit: "money",
      opens: [],
      adds: "amount",
      value: (q) => q.cost("direct_sales"),
    },
    attributedWon: {
      name: "Credited amount won",
      unit: "money",
      opens: ["attributedWon"],
      adds: "amount",
      value: (q) => q.amount("attributedWon"),
    },
    sourcedWon: {
      name: "Sourced amount won",
      unit: "money",
      opens: ["sourcedWon"],
      adds: "amount",
      value: (q) => q.amount("sourcedWon"),
    },
    directWon: {
      name: "Direct amount won",
      unit: "money",
      opens: ["directWon"],
      adds: "amount",
      value: (q) => q.amount("directWon"),
    },
    perAttributed: {
      name: "Cost per credited dollar",
      unit: "perUnit",
      opens: ["attributedWon"],
      adds: "amount",
      value: perAttributed,
      written: (q) => [
        money("program cost", q.cost("partner_program")),
        "÷",
        money("credited, won", q.amount("attributedWon")),
      ],
      interval: (q) => costInterval(q.cost("partner_program"), q.sums("attributedWon")),
    },
    perSourced: {
      name: "Cost per sourced dollar",
      unit: "perUnit",
      opens: ["sourcedWon"],
      adds: "amount",
      value: perSourced,
      written: (q) => [
        money("program cost", q.cost("partner_program")),
        "÷",
        money("sourced, won", q.amount("sourcedWon")),
      ],
      interval: (q) => costInterval(q.cost("partner_program"), q.sums("sourcedWon")),
    },
    direct: {
      name: "Cost per direct dollar",
      unit: "perUnit",
      opens: ["directWon"],
      adds: "amount",
      value: perDirect,
      written: (q) => [
        money("direct sales cost", q.cost("direct_sales")),
        "÷",
        money("direct, won", q.amount("directWon")),
      ],
      interval: (q) => costInterval(q.cost("direct_sales"), q.sums("directWon")),
    },
    belowDirect: {
      name: "Below direct",
      unit: "share",
      opens: (policy) => [headlinePart(policy), "directWon"],
      adds: "amount",
      value: (q) => {
        const times = ratio(perPartner(q), perDirect(q), "zero_direct_cost");
        return isDefined(times) ? 1 - times : times;
      },
      written: (q) => [
        "1 −",
        perUnit("partner cost", perPartner(q)),
        "÷",
        perUnit("direct cost", perDirect(q)),
      ],
    },
  },
  headline: (policy) => (headlinePart(policy) === "sourcedWon" ? "perSourced" : "perAttributed"),
  benchmarks: [{ figure: "belowDirect", low: 0.4, high: 0.6, words: "40-60 % below direct" }],
  sides: ["attributedWon", "directWon"],
});
