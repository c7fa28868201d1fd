import { answerReady } from "@/lib/api/health";

/** For a balancer: whether this process can do its work. */
export const GET = answerReady;

export const dynamic = "force-dynamic";
