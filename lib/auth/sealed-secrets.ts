import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { z } from "zod";

/**
 * Secrets of others that this installation keeps (a CRM's token, a webhook's key), sealed at rest: AES-256-GCM under a
 * key that is not in the database. `SECRET_KEYS`, which the launcher sets, is a JSON list of keys of 32 bytes in
 * base64url: the first seals, every one opens, so that a key is rotated by putting a new one in front.
 */
const keysShape = z.array(z.string().regex(/^[A-Za-z0-9_-]{43}$/)).min(1);

/** A new key, as text. */
export const newSecretKey = (): string => randomBytes(32).toString("base64url");

/** @throws Error when the text is no list of keys */
export function parseSecretKeys(text: string): string[] {
  const found = keysShape.safeParse(parsed(text));
  if (found.success) return found.data;
  throw new Error("SECRET_KEYS is no JSON list of keys of 32 bytes in base64url: give none, and one is made");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function secretKeys(): string[] {
  const given = process.env.SECRET_KEYS;
  if (!given) throw new Error("SECRET_KEYS is not set: start with `npm start`, which makes one");
  return parseSecretKeys(given);
}

/** By which a sealed text names its key; says nothing of it. */
const nameOf = (key: string) => createHash("sha256").update(`name:${key}`).digest("base64url").slice(0, 8);

/**
 * Seals a text for one place.
 *
 * @param place what it belongs to (`connection:CN-1`): sealed there, it opens nowhere else
 * @returns `v1.KEY.NONCE.SEALED`, in base64url
 */
export function sealSecret(text: string, place: string, keys = secretKeys()): string {
  const key = keys[0]!;
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(key, "base64url"), nonce);
  cipher.setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return ["v1", nameOf(key), nonce.toString("base64url"), sealed.toString("base64url")].join(".");
}

/** @throws Error when it was changed, was sealed for another place, or its key is not here any more */
export function openSecret(sealed: string, place: string, keys = secretKeys()): string {
  const [version, name, nonce = "", body = ""] = sealed.split(".");
  const key = keys.find((one) => nameOf(one) === name);
  if (version !== "v1" || !key)
    throw new Error(`the secret of ${place} was sealed under a key that SECRET_KEYS does not hold any more`);
  const bytes = Buffer.from(body, "base64url");
  const cipher = createDecipheriv(
    "aes-256-gcm",
    Buffer.from(key, "base64url"),
    Buffer.from(nonce, "base64url"),
  );
  cipher.setAAD(Buffer.from(place));
  cipher.setAuthTag(bytes.subarray(-16));
  return cipher.update(bytes.subarray(0, -16), undefined, "utf8") + cipher.final("utf8");
}

/** Whether a newer key seals by now: whoever holds it seals it anew. */
export function isSealedByFormer(sealed: string, keys = secretKeys()): boolean {
  return sealed.split(".")[1] !== nameOf(keys[0]!);
}
