import { execFileSync } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importJWK, SignJWT } from "jose";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gateActor } from "./gate-token";
import { RECEIPT_MINUTES, readReceipt, signReceipt } from "./receipts";
import { newSigningKey, parseSigningKeys, publicKeys, rotated } from "./signing-keys";

const NOW = Date.UTC(2026, 9, 12, 8, 30);
const SAID = {
  sub: "006A1",
  closing: { as: "won" as const, on: "2026-10-12" },
  involved: "partners" as const,
  outcome: "sourced",
  evidence: "countersigned",
  partners: [{ id: "P-1", outcome: "sourced", evidence: "countersigned" }],
  policy: "a".repeat(64),
  facts: "b".repeat(64),
  asOf: "2026-10-12",
};

beforeEach(() => vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()])));
afterEach(() => vi.unstubAllEnvs());

/** As docs/operations.md has it: the key set and Node, nothing of ours. */
function holds(
  receipt: string,
  jwks: { keys: { kid: string; kty: string; crv: string; x: string }[] },
): boolean {
  const [head = "", body = "", signature = ""] = receipt.split(".");
  const { kid, alg } = JSON.parse(Buffer.from(head, "base64url").toString());
  const key = jwks.keys.find((one) => one.kid === kid);
  if (!key || alg !== "EdDSA") return false;
  const bytes = Buffer.from(signature, "base64url");
  return verify(null, Buffer.from(`${head}.${body}`), createPublicKey({ key, format: "jwk" }), bytes);
}

test("a receipt verifies with the public key alone, and says what the gate said, for a quarter of an hour", async () => {
  const receipt = await signReceipt(SAID, NOW);
  const published = JSON.parse(JSON.stringify(publicKeys()));
  expect(published.keys).toEqual([expect.objectContaining({ kty: "OKP", crv: "Ed25519", alg: "EdDSA" })]);
  expect(JSON.stringify(published)).not.toContain('"d"');
  expect(holds(receipt, published)).toBe(true);
  const iat = NOW / 1000;
  const claims = { ...SAID, iat, exp: iat + RECEIPT_MINUTES * 60 };
  expect(JSON.parse(Buffer.from(receipt.split(".")[1]!, "base64url").toString())).toEqual(claims);
  expect(await readReceipt(receipt)).toEqual(claims);
});

test("the line that docs/operations.md gives verifies one, and finds a changed one", async () => {
  const text = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const [, line = ""] = /node -e '([^']+)' RECEIPT jwks.json/.exec(text) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "countersign-jwks-"));
  try {
    writeFileSync(join(folder, "jwks.json"), JSON.stringify(publicKeys()));
    const run = (receipt: string) =>
      execFileSync(process.execPath, ["-e", line, receipt, join(folder, "jwks.json")], { encoding: "utf8" });
    const receipt = await signReceipt(SAID, NOW);
    expect(run(receipt)).toMatch(/^true \{.*"outcome":"sourced"/);
    const [head, , signature] = receipt.split(".");
    const other = Buffer.from(JSON.stringify({ outcome: "none" })).toString("base64url");
    expect(run(`${head}.${other}.${signature}`)).toMatch(/^false /);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what the key signed for another purpose is no receipt", async () => {
  const [key] = parseSigningKeys(process.env.SIGNING_KEYS!);
  const other = await new SignJWT({ ...SAID, iat: 0, exp: 1 })
    .setProtectedHeader({ alg: "EdDSA", kid: key!.kid, typ: "JWT" })
    .sign(await importJWK(key!, "EdDSA"));
  expect(holds(other, publicKeys())).toBe(true);
  expect(await readReceipt(other)).toBeNull();
});

test("a changed character fails, wherever it stands", async () => {
  const receipt = await signReceipt(SAID, NOW);
  const keys = publicKeys();
  // The last one holds four bits that are no part of the signature.
  for (let at = 0; at < receipt.length - 1; at++) {
    if (receipt[at] === ".") continue;
    const other = receipt[at] === "A" ? "B" : "A";
    const changed = receipt.slice(0, at) + other + receipt.slice(at + 1);
    const stands = await readReceipt(changed);
    expect(stands, `character ${at}`).toBeNull();
  }
  const [head, , signature] = receipt.split(".");
  const better = Buffer.from(JSON.stringify({ ...SAID, outcome: "none" })).toString("base64url");
  expect(holds(`${head}.${better}.${signature}`, keys)).toBe(false);
});

test("another installation's receipt is none of ours", async () => {
  const receipt = await signReceipt(SAID, NOW);
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  expect(await readReceipt(receipt)).toBeNull();
  expect(holds(receipt, publicKeys())).toBe(false);
  expect(await readReceipt("no receipt at all")).toBeNull();
});

test("a new key signs, and what the former one signed still verifies", async () => {
  const [first] = parseSigningKeys(process.env.SIGNING_KEYS!);
  const before = await signReceipt(SAID, NOW);
  const keys = await rotated([first!]);
  expect(keys[0]?.endorsed).toBeDefined();
  expect(keys[1]).toEqual({ ...first, d: undefined });
  vi.stubEnv("SIGNING_KEYS", JSON.stringify(keys));
  const after = await signReceipt(SAID, NOW);
  for (const receipt of [before, after]) expect(holds(receipt, publicKeys())).toBe(true);
  expect(after.split(".")[0]).not.toBe(before.split(".")[0]);
});

test.each(["", "[]", "no json", JSON.stringify([{ ...newSigningKey(), d: undefined }])])(
  "%s is no list of keys to sign with",
  (text) => expect(() => parseSigningKeys(text)).toThrow("SIGNING_KEYS"),
);

const TOKEN = "a-token-that-a-crm-keeps-0123456789";
const asked = (init: RequestInit = {}, path = "/api/v1/gate-deal?dealId=D-1") =>
  new Request(`https://countersign.test${path}`, { headers: { authorization: `Bearer ${TOKEN}` }, ...init });

test("the gate's token opens the gate and nothing else", () => {
  vi.stubEnv("GATE_TOKEN", TOKEN);
  expect(gateActor(asked())).toMatchObject({ id: "crm-gate", userId: null, role: "auditor" });
  expect(gateActor(asked({}, "/api/v1/deals-list"))).toBeNull();
  expect(gateActor(asked({}, "/api/v1/gate-deal/../deals-list"))).toBeNull();
  expect(gateActor(asked({ method: "POST" }))).toBeNull();
  expect(gateActor(asked({ headers: { authorization: `Bearer ${TOKEN}x` } }))).toBeNull();
  expect(gateActor(asked({ headers: {} }))).toBeNull();
  vi.stubEnv("GATE_TOKEN", "");
  expect(gateActor(asked())).toBeNull();
  expect(gateActor(asked({ headers: { authorization: "Bearer " } }))).toBeNull();
});
