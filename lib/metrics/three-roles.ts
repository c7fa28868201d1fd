import { outcomesOf } from "../attribution/models";
import { define } from "./definition";
import {
  isCoSell,
  isCoSellWin,
  isInfluencedNotCoSell,
  isInfluencedNotCoSellWin,
  isSourced,
  isSourcedWin,
} from "./predicates";
import type { Sheet } from "./sheet";
import type { Value } from "./value";

type RolePart =
  | "sourcedOpen"
  | "coSellOpen"
  | "influencedOpen"
  | "sourcedWon"
  | "coSellWon"
  | "influencedWon";

/** A model without the outcome has no such number; deals that an earlier policy judged may still have it. */
function coSell(q: Sheet<RolePart>, part: "coSellOpen" | "coSellWon"): Value {
  const known = q.count(part) > 0 || outcomesOf(q.policy.model).includes("co_sell");
  return known ? q.amount(part) : { undefined: "not_in_model" };
}

/** Three numbers beside each other; adding them would count influence as if it were origin [0]. */
export const threeRoles = define({
  name: "Sourced, co-sell and influenced",
  formula:
    "Amount open at the end of the quarter and amount won in it, for sourced, co-sell and the rest of the influenced family, each for itself and never added together",
  source: "domain.md §7 Also; [0]",
  owner: "head_of_partnerships",
  version: 1,
  parts: {
    sourcedOpen: { name: "Sourced, open", population: "openAtEnd", keeps: isSourced },
    coSellOpen: { name: "Co-sell, open", population: "openAtEnd", keeps: isCoSell },
    influencedOpen: {
      name: "Influenced, open",
      population: "openAtEnd",
      keeps: isInfluencedNotCoSell,
    },
    sourcedWon: {
      name: "Sourced, won",
      population: "closed",
      keeps: isSourcedWin,
    },
    coSellWon: {
      name: "Co-sell, won",
      population: "closed",
      keeps: isCoSellWin,
    },
    influencedWon: {
      name: "Influenced, won",
      population: "closed",
      keeps: isInfluencedNotCoSellWin,
    },
  },
  figures: {
    sourcedOpen: {
      name: "Sourced, open pipeline",
      unit: "money",
      opens: ["sourcedOpen"],
      adds: "amount",
      value: (q) => q.amount("sourcedOpen"),
    },
    sourcedWon: {
      name: "Sourced, won",
      unit: "money",
      opens: ["sourcedWon"],
      adds: "amount",
      value: (q) => q.amount("sourcedWon"),
    },
    coSellOpen: {
      name: "Co-sell, open pipeline",
      unit: "money",
      opens: ["coSellOpen"],
      adds: "amount",
      value: (q) => coSell(q, "coSellOpen"),
    },
    coSellWon: {
      name: "Co-sell, won",
      unit: "money",
      opens: ["coSellWon"],
      adds: "amount",
      value: (q) => coSell(q, "coSellWon"),
    },
    influencedOpen: {
      name: "Influenced, open pipeline",
      unit: "money",
      opens: ["influencedOpen"],
      adds: "amount",
      value: (q) => q.amount("influencedOpen"),
    },
    influencedWon: {
      name: "Influenced, won",
      unit: "money",
      opens: ["influencedWon"],
      adds: "amount",
      value: (q) => q.amount("influencedWon"),
    },
  },
  headline: "sourcedOpen",
  benchmarks: [],
  sides: [],
});
