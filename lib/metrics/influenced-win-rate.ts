import { define } from "./definition";
import {
  isDirect,
  isDirectWin,
  isInfluenced,
  isInfluencedWin,
  isNotInfluencedWin,
  isWon,
} from "./predicates";
import type { Sheet } from "./sheet";
import { ratioOfRates, shareOfSums, wilson } from "./statistics";
import { ratio } from "./value";
import { deals, money, share } from "./written";

type WinPart = "won" | "closed" | "directWon" | "directClosed" | "otherWon" | "allWon";

const influencedRate = (q: Sheet<WinPart>) =>
  ratio(q.count("won"), q.count("closed"), "no_influenced_closed");
const directRate = (q: Sheet<WinPart>) =>
  ratio(q.count("directWon"), q.count("directClosed"), "no_direct_closed");

export const influencedWinRate = define({
  name: "Partner-influenced win rate",
  formula:
    "Won ÷ (won + lost) of deals of the influenced family closed in the quarter; beside it the same rate of direct deals, the ratio of the two, and the influenced share of closed-won revenue",
  source: "domain.md §7 metric 2; [1], benchmark ratio [4]",
  owner: "cro",
  version: 1,
  parts: {
    won: {
      name: "Influenced, won",
      population: "closed",
      keeps: isInfluencedWin,
    },
    closed: { name: "Influenced, closed", population: "closed", keeps: isInfluenced },
    directWon: {
      name: "Direct, won",
      population: "closed",
      keeps: isDirectWin,
    },
    directClosed: { name: "Direct, closed", population: "closed", keeps: isDirect },
    otherWon: {
      name: "Not influenced, won",
      population: "closed",
      keeps: isNotInfluencedWin,
    },
    allWon: { name: "All won", population: "closed", keeps: isWon },
  },
  figures: {
    rate: {
      name: "Influenced win rate",
      unit: "share",
      opens: ["won", "closed"],
      adds: "deals",
      value: influencedRate,
      written: (q) => [deals("won", q.count("won")), "÷", deals("won or lost", q.count("closed"))],
      interval: (q) => wilson(q.count("won"), q.count("closed")),
    },
    deals: {
      name: "Influenced deals closed",
      unit: "deals",
      opens: ["closed"],
      adds: "deals",
      value: (q) => q.count("closed"),
    },
    direct: {
      name: "Direct win rate",
      unit: "share",
      opens: ["directWon", "directClosed"],
      adds: "deals",
      value: directRate,
      written: (q) => [
        deals("won", q.count("directWon")),
        "÷",
        deals("won or lost", q.count("directClosed")),
      ],
      interval: (q) => wilson(q.count("directWon"), q.count("directClosed")),
    },
    directDeals: {
      name: "Direct deals closed",
      unit: "deals",
      opens: ["directClosed"],
      adds: "deals",
      value: (q) => q.count("directClosed"),
    },
    ratio: {
      name: "Influenced against direct",
      unit: "times",
      opens: ["won", "closed", "directWon", "directClosed"],
      adds: "deals",
      value: (q) => ratio(influencedRate(q), directRate(q), "no_direct_wins"),
      written: (q) => [
        share("influenced win rate", influencedRate(q)),
        "÷",
        share("direct win rate", directRate(q)),
      ],
      interval: (q) =>
        ratioOfRates(
          { won: q.count("won"), n: q.count("closed") },
          { won: q.count("directWon"), n: q.count("directClosed") },
        ),
    },
    shareOfWonRevenue: {
      name: "Influenced share of closed-won revenue",
      unit: "share",
      opens: ["won", "allWon"],
      adds: "amount",
      value: (q) => ratio(q.amount("won"), q.amount("allWon"), "no_won_revenue"),
      written: (q) => [money("influenced, won", q.amount("won")), "÷", money("all won", q.amount("allWon"))],
      interval: (q) => shareOfSums(q.sums("won"), q.sums("otherWon")),
    },
  },
  headline: "rate",
  benchmarks: [
    { figure: "ratio", low: 2, high: 3, words: "2-3 × direct" },
    { figure: "shareOfWonRevenue", low: 0.2, high: 0.35, words: "20-35 % of closed-won revenue" },
  ],
  sides: ["closed", "directClosed"],
});
