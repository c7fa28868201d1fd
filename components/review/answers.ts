import type { Outputs } from "@/lib/api/client";

export type ReviewAnswer = Outputs["review"];
export type Metric = ReviewAnswer["pipeline"];
export type Figure = Metric["figures"][number];
export type QuarterLine = Outputs["quartersList"]["quarters"][number];
export type RestatementsAnswer = Outputs["restatements"];
