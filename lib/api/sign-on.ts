import type { NextRequest } from "next/server";
import type { Actor } from "@/lib/auth/actor";
import type { Whence } from "@/lib/auth/browser";
import { cookieName, isSecure } from "@/lib/auth/cookies";
import type { SignedIn } from "@/lib/auth/options";
import { actorOfToken, SESSION_COOKIE } from "@/lib/auth/session";
import { readClaims, SIGN_ON, type SignOnConfig } from "@/lib/auth/single-sign-on";
import { perform } from "@/lib/commands/door";
import { arrive, nameOf, refused } from "@/lib/commands/sign-on/arrive";
import { linkIdentity } from "@/lib/commands/sign-on/link-identity";
import { isRefusal } from "@/lib/errors";
import type { SignOnRefusal } from "@/lib/text/sign-on-words";

/** Whether this is somebody on their way back from the identity provider. */
export const isReturn = (segments: readonly string[]): boolean =>
  segments[0] === "callback" && segments[1] === SIGN_ON;

/** One's account, where a link was begun and where one learns what became of it. */
const ACCOUNT = "/settings/account";

/** Where whoever was not let in reads why. */
export const pageOf = (because: SignOnRefusal, linking: boolean): string =>
  linking ? `${ACCOUNT}?signOn=${because}` : `/sign-in?refused=${because}`;

/** The link that was begun before one left, which next-auth keeps in the address to come back to; null for none. */
export function linkBegun(request: NextRequest): string | null {
  const kept = request.cookies.getAll().find(({ name }) => name.endsWith("next-auth.callback-url"))?.value;
  if (!kept || !URL.canParse(kept, "http://here.invalid")) return null;
  const { pathname, searchParams } = new URL(kept, "http://here.invalid");
  return pathname === ACCOUNT ? searchParams.get("link") : null;
}

/** What becomes of whoever the identity provider has proven: a session, or the page that says why not. */
export async function arriveAt(
  said: unknown,
  { config, request, whence }: { config: SignOnConfig; request: NextRequest; whence: Whence },
): Promise<SignedIn | string> {
  const link = linkBegun(request);
  try {
    const claims = readClaims(said, config);
    if (link !== null) return await linked(link, claims, request, whence);
    const arrived = await arrive(claims, whence);
    if (arrived.is === "refused") return pageOf(arrived.because, false);
    return { id: arrived.userId, session: arrived.session };
  } catch (error) {
    await refused("failed", { whence, said: wordsOf(error) });
    return pageOf("failed", link !== null);
  }
}

/** Links who came to whoever is signed in here and began it; nobody is signed in by it. */
async function linked(
  token: string,
  claims: ReturnType<typeof readClaims>,
  request: NextRequest,
  whence: Whence,
): Promise<string> {
  const actor = await signedIn(request);
  if (!actor || claims.email === undefined || claims.email_verified !== true) {
    const because = actor ? "unverified" : "failed";
    await refused(because, { whence, userId: actor?.userId, subject: claims.sub });
    return pageOf(because, true);
  }
  const told = { email: claims.email, name: nameOf(claims) };
  try {
    await perform(linkIdentity, { token, issuer: claims.iss, subject: claims.sub, ...told }, { actor });
    return `${ACCOUNT}?signOn=linked`;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await refused("failed", { whence, userId: actor.userId, said: wordsOf(error), subject: claims.sub });
    return pageOf(error.field === "subject" ? "taken" : "failed", true);
  }
}

async function signedIn({ cookies, headers }: NextRequest): Promise<Actor | null> {
  const token = cookies.get(cookieName(SESSION_COOKIE, isSecure(headers)))?.value;
  return token ? actorOfToken(token) : null;
}

/** Why it failed, for the log: one line of what the library or the provider says. */
export const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim().slice(0, 300) ||
  "no reason was given";
