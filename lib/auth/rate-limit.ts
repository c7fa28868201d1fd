import { perProcess } from "@/db/connection/per-process";
import type { Problem } from "@/lib/errors";

/** So many requests may be made by one key in a window, in each process that serves. */
export const REQUESTS = 600;
const WINDOW_S = 60;

/** What one key has used of its window. */
interface Window {
  used: number;
  /** When it ends, in milliseconds since 1970. */
  until: number;
}

const windows = () => perProcess("key-windows", () => new Map<string, Window>());

/** One request counted. */
export interface Turn {
  /** Null when it may go on. */
  problem: Problem | null;
  /** RateLimit fields (draft-ietf-httpapi-ratelimit-headers), and when to come again after too many. */
  headers: Record<string, string>;
}

/** Counts a request by a key. */
export function takeTurn(keyId: string, now = Date.now()): Turn {
  const all = windows();
  let window = all.get(keyId);
  if (!window || window.until <= now) {
    for (const [key, { until }] of all) if (until <= now) all.delete(key);
    window = { used: 0, until: now + WINDOW_S * 1_000 };
    all.set(keyId, window);
  }
  window.used++;
  const left = Math.max(0, REQUESTS - window.used);
  const seconds = Math.ceil((window.until - now) / 1_000);
  const headers: Record<string, string> = {
    "ratelimit-policy": `"key";q=${REQUESTS};w=${WINDOW_S}`,
    ratelimit: `"key";r=${left};t=${seconds}`,
  };
  if (window.used <= REQUESTS) return { problem: null, headers };
  headers["retry-after"] = String(seconds);
  const rule = `a key makes ${REQUESTS} requests in ${WINDOW_S} seconds at most; try again in ${seconds}`;
  return { problem: { code: "too_many", field: "", value: null, rule }, headers };
}
