import { createHash, generateKeyPairSync } from "node:crypto";
import { CompactSign, compactVerify, createLocalJWKSet, importJWK } from "jose";
import { z } from "zod";
import { canonicalJson } from "../attribution/canonical";

/**
 * The keys that this installation signs with, Ed25519, as JSON Web Keys (RFC 8037): the stage gate's receipts
 * (domain.md §8.3) and the audit log's heads (§9). The first signs; the others are public halves of former ones, for
 * what carries their signatures. Every key but the oldest carries the word of the one before it.
 */
const keyShape = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  /** The key's thumbprint (RFC 7638). */
  kid: z.string().min(1),
  x: z.string().min(1),
  /** The private half; only where it signs. */
  d: z.string().min(1).optional(),
  /** The former key's signature over this one: a compact JWS of `kid` and `x`. */
  endorsed: z.string().min(1).optional(),
});
export type SigningKey = z.output<typeof keyShape>;

const keysShape = z.array(keyShape).min(1);
const ALGORITHM = "EdDSA";
/** What a former key signs of the one that follows it. */
export const ENDORSEMENT = "key-endorsement+jwt";

/** A new pair, with its private half. */
export function newSigningKey(): SigningKey {
  const { crv, d, kty, x } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
  return keyShape.parse({ kty, crv, kid, x, d });
}

/** A new one signs from now on, by the word of the one before it; those keep their public half. */
export async function rotated(keys: readonly SigningKey[]): Promise<SigningKey[]> {
  const key = newSigningKey();
  const endorsed = await signCompact(ENDORSEMENT, { kid: key.kid, x: key.x }, keys[0]);
  return [{ ...key, endorsed }, ...keys.map(publicHalf)];
}

/**
 * Reads keys from text, which is JSON.
 *
 * @throws Error when they are none, or the first of them cannot sign
 */
export function parseSigningKeys(text: string): SigningKey[] {
  const found = keysShape.safeParse(parsed(text));
  if (!found.success || !found.data[0]?.d) {
    throw new Error(
      "SIGNING_KEYS is no list of Ed25519 keys whose first can sign: give none, and one is made",
    );
  }
  return found.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** This process's keys, from `SIGNING_KEYS`, which the launcher sets. */
export function signingKeys(): SigningKey[] {
  const given = process.env.SIGNING_KEYS;
  if (!given) throw new Error("SIGNING_KEYS is not set: start with `npm start`, which makes one");
  return parseSigningKeys(given);
}

export const publicHalf = ({ d: _secret, ...rest }: SigningKey): SigningKey => rest;

/** What a stranger verifies with: a JSON Web Key Set (RFC 7517). */
export function publicKeys(keys: readonly SigningKey[] = signingKeys()) {
  return {
    keys: keys.map((key) => ({ ...publicHalf(key), alg: ALGORITHM, use: "sig", key_ops: ["verify"] })),
  };
}

/**
 * A compact JWS (RFC 7515) of the canonical JSON of a payload, by the first key.
 *
 * @param typ what it calls itself, so that no signed text of this installation passes for another
 */
export async function signCompact(typ: string, payload: object, key = signingKeys()[0]): Promise<string> {
  return new CompactSign(new TextEncoder().encode(canonicalJson(payload)))
    .setProtectedHeader({ alg: ALGORITHM, kid: key?.kid, typ })
    .sign(await importJWK(key!, ALGORITHM));
}

/** What was signed, and by which key; null when it is no such thing, or none of the keys signed it. */
export type ReadCompact = (typ: string, text: string) => Promise<{ kid: string; payload: unknown } | null>;

/** Reads what any of the keys signed. Make one for many texts: the keys are prepared once. */
export function compactReader(keys: readonly SigningKey[]): ReadCompact {
  const known = createLocalJWKSet(publicKeys(keys));
  return async (typ, text) => {
    try {
      const { payload, protectedHeader } = await compactVerify(text, known, { algorithms: [ALGORITHM] });
      if (protectedHeader.typ !== typ) return null;
      return { kid: protectedHeader.kid ?? "", payload: JSON.parse(new TextDecoder().decode(payload)) };
    } catch {
      return null;
    }
  };
}
