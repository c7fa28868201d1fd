import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { authSecret } from "./secrets";

const GIVEN = "abcdefghijklmnopqrstuvwxyz012345";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-secrets-"));
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("NEXTAUTH_SECRET", "");
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
