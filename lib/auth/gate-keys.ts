import { createHash, generateKeyPairSync } from "node:crypto";
import { z } from "zod";

/**
 * The keys that the stage gate's receipts are signed with (domain.md §8.3): Ed25519, as JSON Web Keys (RFC 8037).
 * The first signs; the others are public halves of former ones, for the receipts that carry their signatures.
 */
const keyShape = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  /** The key's thumbprint (RFC 7638). */
  kid: z.string().min(1),
  x: z.string().min(1),
  /** The private half; only where it signs. */
  d: z.string().min(1).optional(),
});
export type GateKey = z.output<typeof keyShape>;

const keysShape = z.array(keyShape).min(1);

/** A new pair, with its private half. */
export function newGateKey(): GateKey {
  const { crv, d, kty, x } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
  return keyShape.parse({ kty, crv, kid, x, d });
}

/** A new one signs from now on; those before it keep their public half. */
export function rotated(keys: readonly GateKey[]): GateKey[] {
  return [newGateKey(), ...keys.map(publicHalf)];
}

/**
 * Reads keys from text, which is JSON.
 *
 * @throws Error when they are none, or the first of them cannot sign
 */
export function parseGateKeys(text: string): GateKey[] {
  const found = keysShape.safeParse(parsed(text));
  if (!found.success || !found.data[0]?.d) {
    throw new Error("GATE_KEYS is no list of Ed25519 keys whose first can sign: give none, and one is made");
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

/** This process's keys, from `GATE_KEYS`, which the launcher sets. */
export function gateKeys(): GateKey[] {
  const given = process.env.GATE_KEYS;
  if (!given) throw new Error("GATE_KEYS is not set: start with `npm start`, which makes one");
  return parseGateKeys(given);
}

const publicHalf = ({ d: _secret, ...rest }: GateKey): GateKey => rest;

/** What a stranger verifies receipts with: a JSON Web Key Set (RFC 7517). */
export function publicGateKeys() {
  return {
    keys: gateKeys().map((key) => ({ ...publicHalf(key), alg: "EdDSA", use: "sig", key_ops: ["verify"] })),
  };
}
