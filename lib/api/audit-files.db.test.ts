import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { growWhole } from "@/lib/audit/grow.fixture";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { answerAuditFiles } from "./audit-files";

let company: Company;
let folder: string;
beforeAll(async () => {
  company = await openCompany();
  vi.stubEnv("DATABASE_URL", company.url);
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  await company.deal();
  await growWhole(company.client);
  folder = mkdtempSync(join(tmpdir(), "countersign-log-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeDatabases();
  await company.close();
  vi.unstubAllEnvs();
});

test("who may read the log takes it away as a zip that an outsider's verifier finds whole", async () => {
  const answer = await answerAuditFiles(async () => company.actor("aude"));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toContain("audit-log.zip");
  for (const [name, content] of Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer())))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const verifier = ["scripts/verifier/verify.mjs", "--export", join(folder, "audit-log")];
  const said = execFileSync(process.execPath, verifier).toString();
  expect(said).toMatch(/^[1-9]\d* entries, each of them what its leaf in the tree says/);
});

test("nobody else does", async () => {
  expect((await answerAuditFiles(async () => company.actor("ana"))).status).toBe(403);
  expect((await answerAuditFiles(async () => null)).status).toBe(401);
});
