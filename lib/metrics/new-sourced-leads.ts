import { define } from "./definition";
import { isSourced } from "./predicates";

export const newSourcedLeads = define({
  name: "New sourced leads",
  formula: "Deals created in the quarter that a partner sourced",
  source: "domain.md §8.7; [1]",
  owner: "head_of_partnerships",
  version: 1,
  parts: { sourced: { name: "Sourced, created", population: "created", keeps: isSourced } },
  figures: {
    deals: {
      name: "New sourced leads",
      unit: "deals",
      opens: ["sourced"],
      adds: "deals",
      value: (q) => q.count("sourced"),
    },
  },
  headline: "deals",
  benchmarks: [],
  sides: [],
});
