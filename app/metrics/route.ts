import { answerMetrics } from "@/lib/api/metered";

/** For Prometheus. */
export const GET = answerMetrics;

export const dynamic = "force-dynamic";
