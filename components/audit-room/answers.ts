import type { Outputs } from "@/lib/api/client";

export type RoomAnswer = Outputs["auditRoom"];
export type OpenSample = NonNullable<RoomAnswer["open"]>;
export type SampledDeal = OpenSample["deals"][number];
export type SampleLine = RoomAnswer["samples"][number];
