import { setTimeout as pause } from "node:timers/promises";
import { companyZone } from "@/lib/commands/today";
import { log } from "./log";
import { answerHeaders } from "./problems";

/** How long the database may take to answer before this process counts as not ready. */
const PATIENCE_MS = 3_000;

const says = (status: number, state: string): Response =>
  Response.json({ state }, { status, headers: answerHeaders(crypto.randomUUID(), status) });

/** Whether this process answers at all; asks nobody. */
export const answerAlive = (): Response => says(200, "alive");

/** Whether it can do its work: 200 when the database has answered within the last seconds, else 503. Tells strangers no more. */
export async function answerReady(): Promise<Response> {
  const late = pause(PATIENCE_MS, "late" as const, { ref: false });
  const asked = companyZone().then(
    () => "ready" as const,
    (err) => {
      log.warn({ err }, "not ready: the database does not answer");
      return "gone" as const;
    },
  );
  return (await Promise.race([asked, late])) === "ready" ? says(200, "ready") : says(503, "not ready");
}
