import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { cookieName } from "./cookies";
import { authSecret } from "./secret";
import { SESSION_COOKIE, SESSION_DAYS } from "./session";
import { discoveryOf, SIGN_ON, type SignOnConfig } from "./single-sign-on";

/** What a session's token holds: who, and which session. Nothing else is trusted from it. */
export interface SignedIn {
  id: string;
  session: string;
}

/** What signing in and out does; lib/api/sign-in.ts has it from the door. */
export interface AuthActs {
  signIn(email: string, password: string): Promise<SignedIn | null>;
  signOut(userId: string, session: string): Promise<void>;
  /** Who came by single sign-on, proven by that token: their session, or the page that says what became of it. */
  arrive(claims: unknown, token: string | undefined): Promise<SignedIn | string>;
  /** What kept somebody from coming by single sign-on before it was known who they are. */
  failed(error: unknown): void;
}

/** For how long somebody may be on their way; no longer than a used state is remembered (lib/commands/sign-on/arrive.ts). */
const ON_THE_WAY_SECONDS = 9 * 60;
const PROVIDER_TIMEOUT_MS = 10_000;

/**
 * next-auth's options: e-mail and password, and the company's own sign-in where there is one; a token of user id and
 * session only.
 *
 * @param secure whether the browser came over https; then cookies never travel without it
 */
export function authOptions(
  secure: boolean,
  { signIn, signOut, arrive, failed }: AuthActs,
  signOn: SignOnConfig | null,
): NextAuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: secure,
    cookies: cookiesOf(secure),
    session: { strategy: "jwt", maxAge: SESSION_DAYS * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (given) => signIn(given?.email ?? "", given?.password ?? ""),
      }),
      ...(signOn ? [provider(signOn)] : []),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== SIGN_ON) return true;
        const arrived = await arrive(profile, account.id_token);
        if (typeof arrived === "string") return arrived;
        // The very object that the token is made of.
        Object.assign(user, arrived);
        return true;
      },
      jwt: ({ token, user }) =>
        user
          ? { sub: user.id, session: (user as SignedIn).session }
          : { sub: token.sub, session: token.session },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sub === "string" && typeof token.session === "string")
          await signOut(token.sub, token.session);
      },
    },
    logger: {
      error: (code, about) => {
        if (FAILED.includes(code)) failed("error" in about ? about.error : about);
      },
      warn: () => {},
      debug: () => {},
    },
  };
}

/** By which next-auth says that single sign-on did not come to its end. */
const FAILED = ["SIGNIN_OAUTH_ERROR", "OAUTH_CALLBACK_ERROR", "OAUTH_CALLBACK_HANDLER_ERROR"];

/**
 * OpenID Connect by its discovery: authorization code with PKCE, state and nonce; the token's signature, issuer,
 * audience and time are verified by openid-client under the provider's keys as they stand at this moment.
 */
function provider(config: SignOnConfig): OAuthConfig<{ sub: string }> {
  const { issuer, clientId, clientSecret, scopes, algorithm } = config;
  return {
    ...{ id: SIGN_ON, name: "Single sign-on", type: "oauth", issuer, clientId, clientSecret },
    client: { id_token_signed_response_alg: algorithm },
    wellKnown: discoveryOf(issuer),
    authorization: { params: { scope: scopes } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions: { timeout: PROVIDER_TIMEOUT_MS },
    userinfo: {
      // Some providers say somebody's address there alone; what the signed token says goes before.
      async request({ tokens, client }) {
        const said = (tokens as unknown as { claims(): Record<string, unknown> }).claims();
        if (said.email !== undefined || !client.issuer.metadata.userinfo_endpoint) return said as never;
        const more: object = await client.userinfo(tokens as never);
        return { ...more, ...said } as never;
      },
    },
    profile: ({ sub }) => ({ id: sub }),
  };
}

/**
 * next-auth's own cookies under names that only this host can set; it keeps what else they are. What a browser keeps
 * while its person is at the provider's is kept for a shorter time.
 */
function cookiesOf(secure: boolean): NextAuthOptions["cookies"] {
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  const named = (name: string) => ({ name: cookieName(`next-auth.${name}`, secure), options });
  const onTheWay = (name: string) => ({
    ...named(name),
    options: { ...options, maxAge: ON_THE_WAY_SECONDS },
  });
  return {
    sessionToken: { name: cookieName(SESSION_COOKIE, secure), options },
    callbackUrl: named("callback-url"),
    csrfToken: named("csrf-token"),
    state: onTheWay("state"),
    nonce: onTheWay("nonce"),
    pkceCodeVerifier: onTheWay("pkce.code_verifier"),
  };
}
