import { createHash, timingSafeEqual } from "node:crypto";

/** What is shorter could be guessed: then nobody comes in by it. */
const SHORTEST = 32;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.|localhost$|\[::1\]$)/;

/**
 * Whether somebody may read the metrics: who shows `METRICS_TOKEN`; without one set, this machine, as long as nobody
 * else gets here by a proxy on it (`NEXTAUTH_URL` is this machine's own address).
 */
export function mayReadMetrics({ headers }: Pick<Request, "headers">): boolean {
  const { METRICS_TOKEN: token, NEXTAUTH_URL: address = "" } = process.env;
  if (token) {
    const [, given] = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
    return token.length >= SHORTEST && given !== undefined && timingSafeEqual(digest(given), digest(token));
  }
  const isOurs = URL.canParse(address) && LOOPBACK.test(new URL(address).hostname);
  // The launcher says from where a request comes (scripts/leash.mjs).
  const from = headers.get("x-forwarded-for")?.split(",") ?? [];
  return isOurs && from.length > 0 && from.every((one) => LOOPBACK.test(one.trim()));
}

const digest = (text: string) => createHash("sha256").update(text).digest();
