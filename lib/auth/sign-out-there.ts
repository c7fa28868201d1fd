import { cookieIn, cookieOf } from "./cookies";
import { SESSION_DAYS } from "./session";
import { discoveryOf, SIGNED_OUT, type SignOnConfig } from "./single-sign-on";

/** Where a browser keeps the token that it came in by: by it the provider knows whose session is to end there. */
const HINT_COOKIE = "countersign-came-by";
/** A browser keeps 4,096 bytes a cookie with its name (RFC 6265 §6.1); without it the provider asks who they are. */
const HINT_MOST = 3_500;
/** Whoever signs out is out here already, and waits no longer for what is there. */
const PATIENCE_MS = 3_000;

/** The header `Set-Cookie` that has a browser keep what it came in by; null for a token too long to be kept. */
export function hintCookie(token: string | undefined, secure: boolean): string | null {
  if (!token || token.length > HINT_MOST) return null;
  return cookieOf(HINT_COOKIE, token, SESSION_DAYS * 24 * 60 * 60, secure);
}

export const forgottenHint = (secure: boolean): string => cookieOf(HINT_COOKIE, "", 0, secure);

/**
 * Where a browser ends its session at the identity provider too (OpenID Connect RP-Initiated Logout 1.0), and comes back
 * from to the sign-in page. Null where the provider has no such place, or does not say within three seconds.
 *
 * @param own the app's own address
 */
export async function signOutThere(
  { issuer, clientId }: SignOnConfig,
  { headers, own }: { headers: Pick<Headers, "get">; own: string },
): Promise<string | null> {
  const said = await discovered(issuer);
  if (said?.issuer !== issuer || typeof said.end_session_endpoint !== "string") return null;
  if (!URL.canParse(said.end_session_endpoint)) return null;
  const there = new URL(said.end_session_endpoint);
  if (there.protocol !== new URL(issuer).protocol) return null;
  there.searchParams.set("client_id", clientId);
  there.searchParams.set("post_logout_redirect_uri", own + SIGNED_OUT);
  const hint = cookieIn(headers, HINT_COOKIE);
  if (hint) there.searchParams.set("id_token_hint", hint);
  return there.href;
}

async function discovered(issuer: string): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const answer = await fetch(discoveryOf(issuer), { signal: AbortSignal.timeout(PATIENCE_MS) });
    const said: unknown = await answer.json();
    return typeof said === "object" ? (said as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    return null;
  }
}
