import { isRepetition } from "./password-rule";

/** Shortest secret that sessions are signed with: 32 characters of base64url are 192 bits. */
export const SECRET_MIN = 32;

/** Refuses a secret that is short, of few different characters or one text over and over; there is no default one. */
export function checkSecret(secret: string, name = "NEXTAUTH_SECRET"): string {
  if (secret.length < SECRET_MIN || new Set(secret).size < 10 || isRepetition(secret)) {
    throw new Error(
      `${name} is weak: give at least ${SECRET_MIN} random characters (openssl rand -base64 33), or none, and one is made`,
    );
  }
  return secret;
}

/** The secret that this process signs sessions with, from `NEXTAUTH_SECRET`, which the launcher sets. */
export function authSecret(): string {
  const given = process.env.NEXTAUTH_SECRET;
  if (!given) throw new Error("NEXTAUTH_SECRET is not set: start with `npm start`, which makes one");
  return checkSecret(given);
}
