import { define } from "./definition";
import { isCreditedDeal } from "./predicates";
import { ratio } from "./value";

const MONTHS_A_QUARTER = 3;

export const engagementFrequency = define({
  name: "Engagement frequency",
  formula:
    "Activities in the quarter on the credited deals open at its end ÷ those deals ÷ 3: activities a deal and month",
  source: "domain.md §8.7; [1]",
  owner: "head_of_partnerships",
  version: 1,
  parts: { open: { name: "Credited, open at the end", population: "openAtEnd", keeps: isCreditedDeal } },
  figures: {
    perDealAndMonth: {
      name: "Activities a deal and month",
      unit: "times",
      opens: ["open"],
      adds: "deals",
      value: (q) => ratio(q.engagements("open"), q.count("open") * MONTHS_A_QUARTER, "no_credited_open"),
    },
    deals: {
      name: "Credited deals open at the end",
      unit: "deals",
      opens: ["open"],
      adds: "deals",
      value: (q) => q.count("open"),
    },
  },
  headline: "perDealAndMonth",
  benchmarks: [],
  sides: [],
});
