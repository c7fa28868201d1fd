import { createHash, createPublicKey, verify } from "node:crypto";

export const HEAD = "audit-head+jwt";
export const RECEIPT = "gate-receipt+jwt";
const ENDORSEMENT = "key-endorsement+jwt";

/** What a compact JWS says, unverified: { typ, alg, kid, payload }; null when it is none. */
function claimed(text) {
  const parts = String(text).split(".");
  if (parts.length !== 3) return null;
  try {
    const [head, payload] = parts
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
    return { typ: head.typ, alg: head.alg, kid: head.kid, payload };
  } catch {
    return null;
  }
}

/** What a compact JWS of that type says, if one of the keys signed it; else null. */
export function signedBy(keys, typ, text) {
  const said = claimed(text);
  const key = said && keys.find(({ kid }) => kid === said.kid);
  if (!key || said.typ !== typ || said.alg !== "EdDSA") return null;
  key.object ??= createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key.x }, format: "jwk" });
  const [head, body, signature] = text.split(".");
  const holds = verify(
    null,
    Buffer.from(`${head}.${body}`),
    key.object,
    Buffer.from(signature ?? "", "base64url"),
  );
  return holds ? said : null;
}

/** A key is named by its thumbprint (RFC 7638). */
const thumbprint = (x) =>
  createHash("sha256")
    .update(JSON.stringify({ crv: "Ed25519", kty: "OKP", x }))
    .digest("base64url");

/** The first key that is not what its name says, or whose word of a former one does not hold; null when all hold. */
export function badKey(keys) {
  for (const { kid, x, endorsed } of keys) {
    if (thumbprint(x) !== kid) return `the key ${kid} is not the one of that name`;
    if (!endorsed) continue;
    const said = signedBy(keys, ENDORSEMENT, endorsed);
    if (said?.payload.kid !== kid || said.payload.x !== x || said.kid === kid)
      return `no former key vouches for the key ${kid}`;
  }
  return null;
}
