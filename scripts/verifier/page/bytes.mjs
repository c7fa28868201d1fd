import { verifyEd25519 } from "./ed25519.mjs";
import { Sha256 } from "./sha.mjs";

/** What `../bytes.mjs` is by Node, for a browser: without a network, and without what a page from a file may not call. */
const encoder = new TextEncoder();
const bytesOf = (part) => (typeof part === "string" ? encoder.encode(part) : part);

export function sha256(...parts) {
  const hash = new Sha256();
  for (const part of parts) hash.update(bytesOf(part));
  return hash.digest();
}

export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const fromHex = (text) =>
  Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(2 * at, 2 * at + 2), 16),
  );

export const toBase64url = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** As Node reads it: what is no letter of it is passed over, so that who compares finds it. */
export function fromBase64url(text) {
  const letters = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/[^A-Za-z0-9+/]/g, "");
  const whole = letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
  return Uint8Array.from(atob(whole), (letter) => letter.charCodeAt(0));
}

const decoder = new TextDecoder();
export const fromUtf8 = (bytes) => decoder.decode(bytes);

/** Whether an Ed25519 key (its public half as in a JSON Web Key) signed the text (RFC 8032). */
export const isSigned = (x, text, signature) =>
  verifyEd25519(fromBase64url(x), encoder.encode(text), signature);
