import { define } from "./definition";
import {
  isCreditedCycle,
  isCreditedDeal,
  isCreditedWin,
  isDirect,
  isDirectCycle,
  isDirectWin,
} from "./predicates";
import { medianInterval, medianOf, wilson } from "./statistics";
import { ratio } from "./value";
import { deals } from "./written";

/** An association, not a cause: partners also choose the deals they work on. */
export const creditedVersusDirect = define({
  name: "Credited versus direct",
  formula:
    "Of deals closed in the quarter, credited and direct side by side: won ÷ (won + lost), median amount of won deals, median days from created to won",
  source: "domain.md §7 Also; [4]",
  owner: "cro",
  version: 1,
  parts: {
    creditedClosed: { name: "Credited, closed", population: "closed", keeps: isCreditedDeal },
    directClosed: { name: "Direct, closed", population: "closed", keeps: isDirect },
    creditedWon: {
      name: "Credited, won",
      population: "closed",
      keeps: isCreditedWin,
    },
    directWon: {
      name: "Direct, won",
      population: "closed",
      keeps: isDirectWin,
    },
    creditedTimed: {
      name: "Credited, won, with a cycle",
      population: "closed",
      keeps: isCreditedCycle,
    },
    directTimed: {
      name: "Direct, won, with a cycle",
      population: "closed",
      keeps: isDirectCycle,
    },
  },
  figures: {
    creditedWinRate: {
      name: "Credited win rate",
      unit: "share",
      opens: ["creditedWon", "creditedClosed"],
      adds: "deals",
      value: (q) => ratio(q.count("creditedWon"), q.count("creditedClosed"), "no_credited_closed"),
      written: (q) => [
        deals("won", q.count("creditedWon")),
        "÷",
        deals("won or lost", q.count("creditedClosed")),
      ],
      interval: (q) => wilson(q.count("creditedWon"), q.count("creditedClosed")),
    },
    directWinRate: {
      name: "Direct win rate",
      unit: "share",
      opens: ["directWon", "directClosed"],
      adds: "deals",
      value: (q) => ratio(q.count("directWon"), q.count("directClosed"), "no_direct_closed"),
      written: (q) => [
        deals("won", q.count("directWon")),
        "÷",
        deals("won or lost", q.count("directClosed")),
      ],
      interval: (q) => wilson(q.count("directWon"), q.count("directClosed")),
    },
    creditedDealSize: {
      name: "Credited median deal size",
      unit: "money",
      opens: ["creditedWon"],
      adds: "amount",
      value: (q) =>
        q.count("creditedWon") > 0 ? medianOf(q.sizes("creditedWon")) : { undefined: "no_credited_wins" },
      interval: (q) => medianInterval(q.sizes("creditedWon")),
    },
    directDealSize: {
      name: "Direct median deal size",
      unit: "money",
      opens: ["directWon"],
      adds: "amount",
      value: (q) =>
        q.count("directWon") > 0 ? medianOf(q.sizes("directWon")) : { undefined: "no_direct_wins" },
      interval: (q) => medianInterval(q.sizes("directWon")),
    },
    creditedCycle: {
      name: "Credited median cycle",
      unit: "days",
      opens: ["creditedTimed"],
      adds: "days",
      value: (q) =>
        q.count("creditedTimed") > 0 ? medianOf(q.days("creditedTimed")) : { undefined: "no_credited_cycle" },
      interval: (q) => medianInterval(q.days("creditedTimed")),
    },
    directCycle: {
      name: "Direct median cycle",
      unit: "days",
      opens: ["directTimed"],
      adds: "days",
      value: (q) =>
        q.count("directTimed") > 0 ? medianOf(q.days("directTimed")) : { undefined: "no_direct_cycle" },
      interval: (q) => medianInterval(q.days("directTimed")),
    },
  },
  headline: "creditedWinRate",
  benchmarks: [],
  sides: ["creditedClosed", "directClosed"],
  sized: ["creditedWon", "directWon"],
});
