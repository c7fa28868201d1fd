import { z } from "zod";

/** How next-auth calls the one identity provider: part of the address that it sends people back to. */
export const SIGN_ON = "sso";
/** Where the identity provider sends people back to, below the app's own address: it must be allowed there. */
export const SIGN_ON_RETURN = `/api/auth/callback/${SIGN_ON}`;

/** Where it sends people back to once they have signed out at it as well. */
export const SIGNED_OUT = "/sign-in";

/** What a provider may sign its tokens with: public keys alone, so that nobody who verifies one could make one. */
export const SIGNED_WITH = ["RS256", "PS256", "ES256"] as const;
export type SignedWith = (typeof SIGNED_WITH)[number];

/** The company's identity provider, as the environment names it (docs/single-sign-on.md). */
export interface SignOnConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  /** The one algorithm that a token of it is taken with. */
  algorithm: SignedWith;
}

/** Null where single sign-on is not set up. */
export function signOnConfig(env: NodeJS.ProcessEnv = process.env): SignOnConfig | null {
  const { SSO_ISSUER: issuer, SSO_CLIENT_ID: clientId, SSO_CLIENT_SECRET: clientSecret } = env;
  if (!issuer || !clientId || !clientSecret) return null;
  const algorithm = SIGNED_WITH.find((one) => one === env.SSO_ALGORITHM) ?? "RS256";
  return { issuer, clientId, clientSecret, scopes: env.SSO_SCOPES || "openid email profile", algorithm };
}

/** Where a provider says what it is and can (OpenID Connect Discovery 1.0). */
export const discoveryOf = (issuer: string): string =>
  `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;

/** What the provider says of whoever came; its signature, audience, nonce and time were verified before. */
const claimsShape = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  email: z.email().max(320).optional(),
  email_verified: z.unknown().optional(),
  name: z.string().optional(),
});
export type Claims = z.output<typeof claimsShape>;

/**
 * Reads what the provider said.
 *
 * @throws Error when it is not the provider that was asked, or says nothing that somebody is known by
 */
export function readClaims(said: unknown, { issuer }: Pick<SignOnConfig, "issuer">): Claims {
  const claims = claimsShape.parse(said);
  if (claims.iss !== issuer)
    throw new Error(`it says that it is ${claims.iss.slice(0, 200)}, and not ${issuer}`);
  return claims;
}

/** The groups that a claim names: a list of texts, or one text. Anything else names none. */
export function groupsIn(claims: Claims, claim: string): string[] {
  const said = claims[claim];
  return (Array.isArray(said) ? said : [said]).filter((one): one is string => typeof one === "string");
}

/** The app's own address as the server was told it; null where it is whatever the browser says. */
export const ownAddress = (env: NodeJS.ProcessEnv = process.env): string | null =>
  env.NEXTAUTH_URL?.replace(/\/+$/, "") || null;
