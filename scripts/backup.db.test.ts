import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connect } from "@/db/connection/client";
import { startEmbedded } from "@/db/server/embedded";
import { migrate } from "@/db/server/migrate";
import { gateSecrets } from "@/db/server/secrets";
import { growLog } from "@/lib/audit/grow";
import { firstRun } from "./first-run";
import { runCommandIn } from "./run-command.fixture";

let home: string;
let dataDir: string;

/** A company of one, whose log is signed; on a machine that is lost after the backup. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "countersign-commands-"));
  // Root hands the server to another user, who must get in.
  chmodSync(home, 0o711);
  dataDir = join(home, "machine");
  vi.stubEnv("DATA_DIR", dataDir);
  const server = await startEmbedded({ dataDir, throwaway: true });
  await migrate(server.url);
  vi.stubEnv("SIGNING_KEYS", JSON.stringify(gateSecrets().keys));
  await firstRun(server.url, () => {});
  const client = connect(server.url, { max: 2 });
  await growLog(client);
  await client.close();
  await server.stop();
  vi.stubEnv("SIGNING_KEYS", "");
}, 120_000);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** What every process on this machine was called with, as anybody reads it. */
const commandLines = (): string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8")];
      } catch {
        // It has ended.
        return [];
      }
    });

test("what the commands back up and bring back verifies against the head of the backup", async () => {
  const folder = join(home, "kept");
  const backup = await runCommandIn({ DATABASE_URL: "" }, "backup", folder);
  expect(backup, backup.said).toMatchObject({
    status: 0,
    out: expect.stringContaining("all that was acknowledged"),
  });
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(await runCommandIn({ DATABASE_URL: "" }, "backup", folder)).toMatchObject({
    status: 1,
    said: expect.stringContaining("is there already"),
  });
  const keys = readFileSync(join(dataDir, "keys.json"), "utf8");
  rmSync(dataDir, { recursive: true });

  const another = { DATABASE_URL: "", DATA_DIR: join(home, "another") };
  const seen = new Set<string>();
  const looking = setInterval(() => {
    for (const line of commandLines()) seen.add(line);
  }, 10);
  const restored = await runCommandIn(another, "restore", folder);
  clearInterval(looking);
  expect(restored, restored.said).toMatchObject({ status: 0, said: "" });
  expect(restored.out).toMatch(/The head you kept[\s\S]*holds the database of/);
  expect(readFileSync(join(another.DATA_DIR, "keys.json"), "utf8")).toBe(keys);
  // Everybody on the machine reads command lines: the verifier's is among them, and none says an address.
  const verifying = [...seen].filter(
    (line) => line.includes(join("verifier", "verify.mjs")) && line.includes(folder),
  );
  expect(verifying.length).toBeGreaterThan(0);
  for (const line of verifying) expect(line).not.toMatch(/postgres(ql)?:/);
  expect(await runCommandIn(another, "restore", folder)).toMatchObject({
    status: 1,
    said: expect.stringContaining("holds a database already"),
  });
});

test("a Postgres of one's own is left to its own tools, and there must be something to back up", async () => {
  const own = { DATABASE_URL: "postgres://nobody@nowhere/nothing" };
  for (const command of ["backup", "restore"])
    expect(await runCommandIn(own, command, join(home, "own"))).toMatchObject({
      status: 2,
      said: expect.stringContaining("by its own tools"),
    });
  expect(await runCommandIn({ DATABASE_URL: "" }, "backup")).toMatchObject({ status: 2 });
  expect(
    await runCommandIn({ DATABASE_URL: "", DATA_DIR: join(home, "empty") }, "backup", join(home, "none")),
  ).toMatchObject({ status: 1, said: expect.stringContaining("there is no database in") });
});
