import type { Outputs } from "@/lib/api/client";

/** What the forecast does with a deal (domain.md §7), in a sentence. */
export const FORECAST_WORDS: Readonly<Record<Outputs["why"]["forecast"], string>> = {
  commit: "In commit, at its stage's probability.",
  context: "Forecast as a direct deal; the co-sell is told beside it.",
  left_out: "Left out of the partner forecast; shown in the quarterly review only.",
  direct: "Forecast as a direct deal: no partner has credit.",
  closed: "Closed, so no longer in the forecast.",
};
