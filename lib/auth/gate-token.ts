import { createHash, timingSafeEqual } from "node:crypto";
import { type Actor, CRM_GATE } from "./actor";

/** The one call that the token opens. */
const GATE_PATH = "/api/v1/gate-deal";

/**
 * The CRM, when a request asks the stage gate with the installation's token (`GATE_TOKEN`, which the launcher sets):
 * `Authorization: Bearer …`. The token opens nothing else, and without one set nobody comes in by it.
 */
export function gateActor({
  method,
  url,
  headers,
}: Pick<Request, "method" | "url" | "headers">): Actor | null {
  const token = process.env.GATE_TOKEN;
  const [, given] = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (!token || !given || method !== "GET" || new URL(url).pathname !== GATE_PATH) return null;
  return timingSafeEqual(digest(given), digest(token)) ? CRM_GATE : null;
}

const digest = (text: string) => createHash("sha256").update(text).digest();
