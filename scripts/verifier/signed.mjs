import { fromBase64url, fromUtf8, isSigned, sha256, toBase64url } from "./bytes.mjs";

export const HEAD = "audit-head+jwt";
export const RECEIPT = "gate-receipt+jwt";
const ENDORSEMENT = "key-endorsement+jwt";

/** The bytes of a text in base64url; null where it is not written as it would be. */
function bytesOf(text) {
  const bytes = fromBase64url(text);
  return toBase64url(bytes) === text ? bytes : null;
}

/** By which key a compact JWS says that it is signed. */
export const signerOf = (text) => claimed(String(text))?.kid ?? null;

/** What a compact JWS says, unverified: { typ, alg, kid, payload, signature }; null when it is none. */
function claimed(text) {
  const parts = text.split(".").map(bytesOf);
  if (parts.length !== 3 || parts.includes(null)) return null;
  try {
    const [head, payload] = parts.slice(0, 2).map((part) => JSON.parse(fromUtf8(part)));
    return { typ: head.typ, alg: head.alg, kid: head.kid, payload, signature: parts[2] };
  } catch {
    return null;
  }
}

/** What a compact JWS of that type says, if one of the keys signed it; else null. */
export function signedBy(keys, typ, text) {
  const whole = String(text);
  const said = claimed(whole);
  const key = said && keys.find(({ kid }) => kid === said.kid);
  if (!key || said.typ !== typ || said.alg !== "EdDSA") return null;
  return isSigned(key.x, whole.slice(0, whole.lastIndexOf(".")), said.signature) ? said : null;
}

/** A key is named by its thumbprint (RFC 7638). */
const thumbprint = (x) => toBase64url(sha256(JSON.stringify({ crv: "Ed25519", kty: "OKP", x })));

/** The first key that is not what its name says, or whose word of a former one does not hold; null when all hold. */
export function badKey(keys) {
  for (const { kid, x, endorsed } of keys) {
    if (thumbprint(x) !== kid) return `the key ${kid} is not the one of that name`;
    if (endorsed === undefined) return `the key ${kid} does not say which former one vouches for it`;
    if (endorsed === null) continue;
    const said = signedBy(keys, ENDORSEMENT, endorsed);
    if (said?.payload.kid !== kid || said.payload.x !== x || said.kid === kid)
      return `no former key vouches for the key ${kid}`;
  }
  return null;
}
