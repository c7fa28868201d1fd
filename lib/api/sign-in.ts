import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { browserCookie, newBrowserId, type Whence, whenceOf } from "@/lib/auth/browser";
import { isSecure } from "@/lib/auth/cookies";
import { type AuthActs, authOptions } from "@/lib/auth/options";
import { forgottenHint, hintCookie, signOutThere } from "@/lib/auth/sign-out-there";
import { ownAddress, signOnConfig } from "@/lib/auth/single-sign-on";
import { signOutOf } from "@/lib/commands/account/sign-out";
import { type Tried, trySignIn } from "@/lib/commands/account/try-sign-in";
import { isFirstUse, refused } from "@/lib/commands/sign-on/arrive";
import { type Problem, refusalIn } from "@/lib/errors";
import { inMinutes } from "@/lib/text/words";
import { log } from "./log";
import { problemIn, problemResponse } from "./problems";
import { arriveAt, isReturn, linkBegun, pageOf, wordsOf } from "./sign-on";
import { smallBody } from "./small-body";

/** Without an address of its own in the environment, the server is where the browser says it is. */
if (!process.env.NEXTAUTH_URL) process.env.AUTH_TRUST_HOST ??= "true";

type Context = { params: Promise<{ nextauth: string[] }> };

/** Answers whatever comes to sign in or out. Failures that a person must know of are a `Problem` in JSON. */
export async function answerSignIn(request: NextRequest, context: Context): Promise<Response> {
  const id = crypto.randomUUID();
  try {
    const body = request.method === "POST" ? await smallBody(request) : undefined;
    const odd = oddCallback(request, body);
    if (odd) return odd(id);
    const found = whenceOf(request.headers);
    const whence = { ...found, browserId: found.browserId ?? newBrowserId() };
    const seen: Seen = {};
    const { url, method, headers } = request;
    const returns = isReturn((await context.params).nextauth);
    const state = request.nextUrl.searchParams.get("state");
    if (returns && !(state && (await isFirstUse(state)))) {
      await refused("failed", {
        whence,
        said: state ? "this way back was taken before" : "no state came back",
      });
      return to(pageOf("failed", linkBegun(request) !== null), id);
    }
    const options = authOptions(isSecure(headers), acts(request, whence, seen), signOnConfig());
    const response: Response = await NextAuth(
      new NextRequest(url, { method, headers, body }),
      context,
      options,
    );
    if (seen.failed) {
      await refused("failed", { whence, said: seen.failed });
      if (returns) return to(pageOf("failed", linkBegun(request) !== null), id, response);
    }
    const problem = problemOf(seen);
    if (problem) return withRetry(problemResponse(problem, id, seen.tried ? 429 : undefined), seen);
    if (seen.tried?.is === "in" || seen.arrived !== undefined)
      response.headers.append("set-cookie", browserCookie(whence.browserId, isSecure(headers)));
    const hint = hintCookie(seen.arrived, isSecure(headers));
    if (hint) response.headers.append("set-cookie", hint);
    return seen.leaves ? await leaving(request, response) : response;
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500)
      log.error({ request: id, path: request.nextUrl.pathname, status, err: error }, problem.rule);
    return problemResponse(problem, id, status);
  }
}

/** What became of a sign-in, which next-auth can only answer with yes or no. */
interface Seen {
  tried?: Tried;
  refusal?: Problem;
  /** The token by which somebody came in by single sign-on. */
  arrived?: string;
  /** Whether somebody signed out who had come in by single sign-on. */
  leaves?: true;
  /** Why single sign-on did not come to its end. */
  failed?: string;
}

/** Sends a browser to a page; what next-auth takes back of its cookies is taken back. */
function to(page: string, request: string, made?: Response): Response {
  const response = new Response(null, { status: 302, headers: { location: page, "x-request-id": request } });
  for (const cookie of made?.headers.getSetCookie() ?? []) response.headers.append("set-cookie", cookie);
  return response;
}

function acts(request: NextRequest, whence: Whence, seen: Seen): AuthActs {
  return {
    async arrive(claims, token) {
      const config = signOnConfig();
      if (!config) return pageOf("failed", false);
      const arrived = await arriveAt(claims, { config, request, whence });
      if (typeof arrived !== "string") seen.arrived = token ?? "";
      return arrived;
    },
    failed(error) {
      seen.failed = wordsOf(error);
    },
    async signIn(email, password) {
      try {
        seen.tried = await trySignIn({ email, password, whence });
      } catch (error) {
        const refusal = refusalIn(error);
        if (!refusal) throw error;
        seen.refusal = refusal.toJSON();
        return null;
      }
      return seen.tried.is === "in" ? { id: seen.tried.userId, session: seen.tried.session } : null;
    },
    async signOut(userId, session) {
      if ((await signOutOf(userId, session)) === "single_sign_on") seen.leaves = true;
    },
  };
}

/** Says to the page of whoever is out here where they sign out of the company's sign-in too, in `there`. */
async function leaving(request: NextRequest, done: Response): Promise<Response> {
  const config = signOnConfig();
  const own = ownAddress() ?? request.nextUrl.origin;
  const there = config && (await signOutThere(config, { headers: request.headers, own }));
  const response = there ? Response.json({ there }) : done;
  if (there) for (const cookie of done.headers.getSetCookie()) response.headers.append("set-cookie", cookie);
  response.headers.append("set-cookie", forgottenHint(isSecure(request.headers)));
  return response;
}

function problemOf({ tried, refusal }: Seen): Problem | null {
  if (refusal) return refusal;
  if (tried?.is !== "wait") return null;
  const rule = `too many tries came before this one: wait ${inMinutes(tried.seconds)}`;
  return { code: "unavailable", field: "", value: null, rule };
}

function withRetry(response: Response, { tried }: Seen): Response {
  if (tried?.is === "wait") response.headers.set("retry-after", String(tried.seconds));
  return response;
}

/** Where to go afterwards is for the page to know; an address that is none breaks next-auth, which then answers 500. */
function oddCallback(request: NextRequest, body: string | undefined): ((id: string) => Response) | null {
  const asked = [request.nextUrl.searchParams.get("callbackUrl"), callbackIn(request, body)];
  const kept = request.cookies.getAll().filter(({ name }) => name.endsWith("next-auth.callback-url"));
  if ([...asked, ...kept.map(({ value }) => value)].every((one) => !one || isAddress(one))) return null;
  return (id) => {
    const rule = "must be an address of this application";
    const response = problemResponse({ code: "invalid", field: "callbackUrl", value: null, rule }, id);
    for (const { name } of kept) response.headers.append("set-cookie", forgotten(name));
    return response;
  };
}

/** A browser takes nothing back under a name with a prefix but with what the prefix asks for. */
const forgotten = (name: string) => `${name}=; Path=/; Max-Age=0${name.startsWith("__") ? "; Secure" : ""}`;

function callbackIn(request: NextRequest, body: string | undefined): string | null {
  if (!body) return null;
  if (!request.headers.get("content-type")?.includes("json"))
    return new URLSearchParams(body).get("callbackUrl");
  try {
    return String((JSON.parse(body) as { callbackUrl?: unknown }).callbackUrl ?? "");
  } catch {
    return null;
  }
}

function isAddress(text: string): boolean {
  if (/^\/(?![/\\])/.test(text)) return URL.canParse(text, "http://here.invalid");
  return /^https?:/.test(text) && URL.canParse(text);
}
