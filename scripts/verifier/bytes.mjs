import { createHash, createPublicKey, verify } from "node:crypto";

/** Bytes, hashes and signatures by Node; `page/bytes.mjs` is the same for a browser. */
export const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const toHex = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
export const fromHex = (text) => Buffer.from(text, "hex");
export const toBase64url = (bytes) => Buffer.from(bytes).toString("base64url");
export const fromBase64url = (text) => Buffer.from(text, "base64url");
export const fromUtf8 = (bytes) => bytes.toString("utf8");

const keys = new Map();

/** Whether an Ed25519 key (its public half as in a JSON Web Key) signed the text (RFC 8032). */
export function isSigned(x, text, signature) {
  try {
    const key = keys.get(x) ?? createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    keys.set(x, key);
    return verify(null, Buffer.from(text), key, signature);
  } catch {
    // What is no key of this kind signed nothing.
    return false;
  }
}
