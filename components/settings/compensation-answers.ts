import type { Outputs } from "@/lib/api/client";

/** A compensation plan as the settings show it. */
export type Plan = Outputs["compensationPlans"]["plans"][number];
