import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { authSecret, gateSecrets, renewGate, renewSecretKey, secretKeys } from "./secrets";

const GIVEN = "abcdefghijklmnopqrstuvwxyz012345";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-secrets-"));
  vi.stubEnv("DATA_DIR", folder);
  for (const name of ["NEXTAUTH_SECRET", "SIGNING_KEYS", "GATE_TOKEN", "SECRET_KEYS"]) vi.stubEnv(name, "");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("is generated once a data folder, for its owner's eyes only", () => {
  const secret = authSecret();
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(authSecret()).toBe(secret);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  vi.stubEnv("DATA_DIR", join(folder, "another"));
  expect(authSecret()).not.toBe(secret);
});

test("is the one given, unless that is weak", () => {
  vi.stubEnv("NEXTAUTH_SECRET", GIVEN);
  expect(authSecret()).toBe(GIVEN);
  vi.stubEnv("NEXTAUTH_SECRET", "changeme");
  expect(() => authSecret()).toThrow("NEXTAUTH_SECRET");
});

test("the gate's are generated once, for their owner's eyes only, and each is renewed by itself", async () => {
  const made = gateSecrets();
  expect(gateSecrets()).toEqual(made);
  expect(statSync(join(folder, "keys.json")).mode & 0o777).toBe(0o600);
  const keyed = await renewGate("keys");
  expect(gateSecrets()).toEqual(keyed);
  expect(keyed.token).toBe(made.token);
  expect(keyed.keys.map(({ kid }) => kid)).toEqual([expect.any(String), made.keys[0]!.kid]);
  expect(keyed.keys.map(({ d }) => typeof d)).toEqual(["string", "undefined"]);
  const told = await renewGate("token");
  expect(told.token).not.toBe(made.token);
  expect(told.keys).toEqual(keyed.keys);
  expect(statSync(join(folder, "keys.json")).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["keys.json"]);
});

test("the gate's are the ones given, unless they are weak or none", () => {
  const { keys, token } = gateSecrets();
  vi.stubEnv("DATA_DIR", join(folder, "another"));
  vi.stubEnv("SIGNING_KEYS", JSON.stringify(keys));
  vi.stubEnv("GATE_TOKEN", token);
  expect(gateSecrets()).toEqual({ keys, token });
  vi.stubEnv("GATE_TOKEN", "changeme");
  expect(() => gateSecrets()).toThrow("GATE_TOKEN");
  vi.stubEnv("SIGNING_KEYS", "[]");
  expect(() => gateSecrets()).toThrow("SIGNING_KEYS");
});

test("a key for the secrets of others is generated once, given instead, and rotated with the former ones kept", () => {
  const made = secretKeys();
  expect(made).toHaveLength(1);
  expect(secretKeys()).toEqual(made);
  expect(statSync(join(folder, "sealing.json")).mode & 0o777).toBe(0o600);
  const rotated = renewSecretKey();
  expect(rotated.slice(1)).toEqual(made);
  expect(secretKeys()).toEqual(rotated);
  vi.stubEnv("SECRET_KEYS", JSON.stringify(made));
  expect(secretKeys()).toEqual(made);
  vi.stubEnv("SECRET_KEYS", "[]");
  expect(() => secretKeys()).toThrow("SECRET_KEYS");
});
