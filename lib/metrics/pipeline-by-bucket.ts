import { bucketFigures, bucketParts } from "./buckets";
import { define } from "./definition";

export const pipelineByBucket = define({
  name: "Pipeline created by bucket",
  formula: "Sum of the amounts of the deals created in the quarter, each in the bucket of its own outcome",
  source: "domain.md §8.7; [1][2]",
  owner: "finance",
  version: 1,
  parts: bucketParts("created", "created", false),
  figures: bucketFigures(),
  headline: "all",
  benchmarks: [],
  sides: [],
});
