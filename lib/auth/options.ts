import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { authSecret } from "./secret";
import { type SignedIn, signIn } from "./sign-in";

const SESSION_SECONDS = 7 * 24 * 60 * 60;

/**
 * next-auth's options: e-mail and password, a token of user id and session version only.
 *
 * @param secure whether the browser came over https; then cookies never travel without it
 */
export function authOptions(secure: boolean): NextAuthOptions {
  return {
    secret: authSecret(),
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(given) {
          const signedIn = await signIn(given?.email ?? "", given?.password ?? "");
          return signedIn && { id: signedIn.id, version: signedIn.version };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user
          ? { sub: user.id, version: (user as SignedIn).version }
          : { sub: token.sub, version: token.version },
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  };
}
