import type { Model, Outcome } from "@/lib/attribution/vocabulary";

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  sourced: "Sourced",
  co_sell: "Co-sell",
  accelerated: "Accelerated",
  influenced: "Influenced",
  influence: "Influence",
  assisted: "Assisted",
  assisted_close: "Assisted close",
  disputed: "Disputed",
  attached: "Attached",
  none: "None",
  unattributed: "Unattributed",
};

export const MODEL_WORDS: Readonly<Record<Model, string>> = {
  two_bucket: "Two buckets",
  triple_tier: "Triple tier",
  roi_buckets: "ROI buckets",
  lanes: "Lanes",
};
