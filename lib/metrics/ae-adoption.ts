import { define } from "./definition";
import { isAny, isConfirmed } from "./predicates";
import { wilson } from "./statistics";
import { ratio } from "./value";
import { deals } from "./written";

export const aeAdoption = define({
  name: "AE adoption",
  formula: "Share of the deals closed in the quarter whose attribution was confirmed before they closed",
  source: "domain.md §8.7; [1]",
  owner: "cro",
  version: 1,
  parts: {
    confirmed: {
      name: "Closed, confirmed before",
      population: "closed",
      keeps: isConfirmed,
    },
    closed: { name: "Closed", population: "closed", keeps: isAny },
  },
  figures: {
    share: {
      name: "Confirmed before close",
      unit: "share",
      opens: ["confirmed", "closed"],
      adds: "deals",
      value: (q) => ratio(q.count("confirmed"), q.count("closed"), "no_closed"),
      written: (q) => [
        deals("confirmed before close", q.count("confirmed")),
        "÷",
        deals("closed", q.count("closed")),
      ],
      interval: (q) => wilson(q.count("confirmed"), q.count("closed")),
    },
  },
  headline: "share",
  benchmarks: [],
  sides: ["closed"],
});
