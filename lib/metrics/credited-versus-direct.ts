import { define } from "./definition";
import {
  isCreditedCycle,
  isCreditedDeal,
  isCreditedWin,
  isDirect,
  isDirectCycle,
  isDirectWin,
} from "./predicates";
import { ascending, medianInterval, medianOf, wilson } from "./statistics";
import { ratio } from "./value";

/** An association, not a cause: partners also choose the deals they work on. */
export const creditedVersusDirect = define({
  name: "Credited versus direct",
  formula:
    "Of deals closed in the quarter, credited and direct side by side: won ÷ (won + lost), median amount of won deals, median days from created to won",
  source: "domain.md §7 Also; [4]",
  parts: {
    creditedClosed: { name: "Credited, closed", population: "closed", keeps: isCreditedDeal, adds: "deals" },
    directClosed: { name: "Direct, closed", population: "closed", keeps: isDirect, adds: "deals" },
    creditedWon: {
      name: "Credited, won",
      population: "closed",
      keeps: isCreditedWin,
      adds: "amount",
    },
    directWon: {
      name: "Direct, won",
      population: "closed",
      keeps: isDirectWin,
      adds: "amount",
    },
    creditedTimed: {
      name: "Credited, won, with a cycle",
      population: "closed",
      keeps: isCreditedCycle,
      adds: "days",
    },
    directTimed: {
      name: "Direct, won, with a cycle",
      population: "closed",
      keeps: isDirectCycle,
      adds: "days",
    },
  },
  figures: {
    creditedWinRate: {
      name: "Credited win rate",
      unit: "share",
      opens: ["creditedWon", "creditedClosed"],
      value: (q) => ratio(q.count("creditedWon"), q.count("creditedClosed"), "no_credited_closed"),
      interval: (q) => wilson(q.count("creditedWon"), q.count("creditedClosed")),
    },
    directWinRate: {
      name: "Direct win rate",
      unit: "share",
      opens: ["directWon", "directClosed"],
      value: (q) => ratio(q.count("directWon"), q.count("directClosed"), "no_direct_closed"),
      interval: (q) => wilson(q.count("directWon"), q.count("directClosed")),
    },
    creditedDealSize: {
      name: "Credited median deal size",
      unit: "money",
      opens: ["creditedWon"],
      value: (q) =>
        q.count("creditedWon") > 0
          ? medianOf(ascending(q.amounts("creditedWon")))
          : { undefined: "no_credited_wins" },
      interval: (q) => medianInterval(ascending(q.amounts("creditedWon"))),
    },
    directDealSize: {
      name: "Direct median deal size",
      unit: "money",
      opens: ["directWon"],
      value: (q) =>
        q.count("directWon") > 0
          ? medianOf(ascending(q.amounts("directWon")))
          : { undefined: "no_direct_wins" },
      interval: (q) => medianInterval(ascending(q.amounts("directWon"))),
    },
    creditedCycle: {
      name: "Credited median cycle",
      unit: "days",
      opens: ["creditedTimed"],
      value: (q) =>
        q.count("creditedTimed") > 0 ? medianOf(q.days("creditedTimed")) : { undefined: "no_credited_cycle" },
      interval: (q) => medianInterval(q.days("creditedTimed")),
    },
    directCycle: {
      name: "Direct median cycle",
      unit: "days",
      opens: ["directTimed"],
      value: (q) =>
        q.count("directTimed") > 0 ? medianOf(q.days("directTimed")) : { undefined: "no_direct_cycle" },
      interval: (q) => medianInterval(q.days("directTimed")),
    },
  },
  headline: "creditedWinRate",
  benchmarks: [],
  sides: ["creditedClosed", "directClosed"],
});
