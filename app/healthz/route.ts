import { answerAlive } from "@/lib/api/health";

/** For whoever restarts processes: whether this one answers. */
export const GET = answerAlive;

export const dynamic = "force-dynamic";
