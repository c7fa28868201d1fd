import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { authSecret } from "./secret";
import { SESSION_DAYS } from "./session";

/** What a session's token holds: who, and which session. Nothing else is trusted from it. */
export interface SignedIn {
  id: string;
  session: string;
}

/** What signing in and out does; lib/api/sign-in.ts has it from the door. */
export interface AuthActs {
  signIn(email: string, password: string): Promise<SignedIn | null>;
  signOut(userId: string, session: string): Promise<void>;
}

/**
 * next-auth's options: e-mail and password, a token of user id and session only.
 *
 * @param secure whether the browser came over https; then cookies never travel without it
 */
export function authOptions(secure: boolean, { signIn, signOut }: AuthActs): NextAuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: SESSION_DAYS * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (given) => signIn(given?.email ?? "", given?.password ?? ""),
      }),
    ],
    callbacks: {
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
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  };
}
