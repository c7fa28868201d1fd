import { bucketFigures, bucketParts } from "./buckets";
import { define } from "./definition";

export const revenueByBucket = define({
  name: "Revenue closed by bucket",
  formula:
    "Sum of the amounts of the deals won in the quarter, each in the bucket of its own outcome, against the prior quarter",
  source: "domain.md §8.7; [1][2]",
  owner: "finance",
  version: 1,
  parts: bucketParts("closed", "won", true),
  figures: bucketFigures(),
  headline: "all",
  benchmarks: [],
  sides: [],
});
