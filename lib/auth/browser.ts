import { randomBytes } from "node:crypto";
import { cookieIn, cookieOf } from "./cookies";

/** From where somebody knocks. */
export interface Whence {
  /** The name that this browser keeps of itself, or null when it brought none. */
  browserId: string | null;
  /** What it calls itself, in words: `Firefox on Linux`. */
  browser: string;
  /** The network address it comes from. */
  origin: string;
}

/** Where a browser keeps its name: who signed in from it before counts its tries apart from strangers' (§9). */
const BROWSER_COOKIE = "countersign-browser";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

export const newBrowserId = (): string => randomBytes(18).toString("base64url");

/** The header `Set-Cookie` that has a browser keep its name. */
export const browserCookie = (id: string, secure: boolean): string =>
  cookieOf(BROWSER_COOKIE, id, YEAR_SECONDS, secure);

/** Reads from where a request comes. Its addresses are right since scripts/leash.mjs looked at the socket. */
export function whenceOf(headers: Headers): Whence {
  const brought = cookieIn(headers, BROWSER_COOKIE);
  const kept = brought && /^[\w-]{16,64}$/.test(brought) ? brought : null;
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  const origin = forwarded && /^[0-9a-fA-F.:]{2,45}$/.test(forwarded) ? forwarded : "unknown";
  return { browserId: kept, browser: browserWords(headers.get("user-agent") ?? ""), origin };
}

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\//, "Firefox"],
  [/\bChrome\//, "Chrome"],
  [/\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\bAndroid\b/, "Android"],
  [/\b(iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** A browser as people know it; what it says of itself is nobody's proof of anything. */
export function browserWords(agent: string): string {
  const named = BROWSERS.find(([sign]) => sign.test(agent))?.[1];
  const system = SYSTEMS.find(([sign]) => sign.test(agent))?.[1];
  if (named && system) return `${named} on ${system}`;
  return named ?? system ?? "An unknown browser";
}
