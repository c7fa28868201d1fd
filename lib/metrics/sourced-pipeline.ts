import { define } from "./definition";
import { isAny, isNotSourced, isSourced } from "./predicates";
import { shareOfSums } from "./statistics";
import { ratio } from "./value";
import { money } from "./written";

export const sourcedPipeline = define({
  name: "Partner-sourced pipeline",
  formula:
    "Sum of the amounts of sourced deals created in the quarter; beside it their share of all pipeline created in it, and the sourced pipeline still open at its end",
  source: "domain.md §7 metric 1; [1]",
  owner: "head_of_partnerships",
  version: 1,
  parts: {
    sourced: { name: "Sourced, created", population: "created", keeps: isSourced },
    other: {
      name: "Not sourced, created",
      population: "created",
      keeps: isNotSourced,
    },
    created: { name: "All created", population: "created", keeps: isAny },
    open: { name: "Sourced, open at the end", population: "openAtEnd", keeps: isSourced },
  },
  figures: {
    amount: {
      name: "Sourced pipeline created",
      unit: "money",
      opens: ["sourced"],
      adds: "amount",
      value: (q) => q.amount("sourced"),
    },
    deals: {
      name: "Sourced deals created",
      unit: "deals",
      opens: ["sourced"],
      adds: "deals",
      value: (q) => q.count("sourced"),
    },
    share: {
      name: "Share of all pipeline created",
      unit: "share",
      opens: ["sourced", "created"],
      adds: "amount",
      value: (q) => ratio(q.amount("sourced"), q.amount("created"), "no_pipeline"),
      written: (q) => [
        money("sourced, created", q.amount("sourced")),
        "÷",
        money("all created", q.amount("created")),
      ],
      interval: (q) => shareOfSums(q.sums("sourced"), q.sums("other")),
    },
    openAtEnd: {
      name: "Sourced pipeline open at the end",
      unit: "money",
      opens: ["open"],
      adds: "amount",
      value: (q) => q.amount("open"),
    },
  },
  headline: "amount",
  benchmarks: [{ figure: "share", low: 0.15, high: 0.25, words: "15-25 % of pipeline" }],
  sides: ["sourced", "other"],
});
