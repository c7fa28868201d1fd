import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backUp, checkBackup } from "./backup";
import { findBinaries } from "./binaries";
import { findCluster } from "./cluster";
import { startEmbedded } from "./embedded";
import { readPidFile, startPostmaster } from "./postmaster";
import { restore } from "./restore";
import { serverUser } from "./server-user";

const WRITERS = 4;

let home: string;
let folder: string;
/** Every write whose answer came before the backup's end. */
let acknowledged: number[];
let later: number;

/** A machine with writers on it, backed up, and lost. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "countersign-backup-"));
  // Root hands the server to another user, who must get in.
  chmodSync(home, 0o711);
  folder = join(home, "kept");
  const dataDir = join(home, "machine");
  const server = await startEmbedded({ dataDir, throwaway: true });
  writeFileSync(join(dataDir, "keys.json"), '{"keys":[]}');
  const sql = postgres(server.url, { max: WRITERS, onnotice: () => {} });
  await sql`create table notes (id bigserial primary key, text text not null)`;
  await sql`insert into notes (text) select repeat(md5(n::text), 20) from generate_series(1, 20000) n`;
  const written: { id: number; at: number }[] = [];
  let over = false;
  const writer = async () => {
    while (!over) {
      const [row] = await sql`insert into notes (text) values (${"x".repeat(500)}) returning id::int`;
      written.push({ id: row?.id, at: Date.now() });
    }
  };
  const writers = Array.from({ length: WRITERS }, writer);
  const { at: end } = await backUp({ url: server.url, cluster: findCluster(dataDir)!, dataDir }, folder, {
    "head.json": "{}",
  });
  acknowledged = written.filter(({ at }) => at < Date.parse(end)).map(({ id }) => id);
  over = true;
  await Promise.all(writers);
  await sql`create table after_the_end ()`;
  later = written.length;
  process.kill(readPidFile(findCluster(dataDir)!)!.pid, "SIGQUIT");
  await sql.end({ timeout: 0 });
  await server.stop().catch(() => {});
  rmSync(dataDir, { recursive: true, force: true });
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("of a machine that was lost, all that was acknowledged before the backup's end is there again", async () => {
  const dataDir = join(home, "another");
  await restore(folder, dataDir);
  expect(readdirSync(dataDir)).toContain("keys.json");
  const server = await startEmbedded({ dataDir });
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    const rows = await sql<{ id: number }[]>`select id::int from notes where id > 20000`;
    const there = new Set(rows.map(({ id }) => id));
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
    expect(there.size).toBeLessThanOrEqual(later);
    // What came after the end is another day's, and the server goes on from here.
    expect(await sql`select to_regclass('after_the_end') as known`).toEqual([{ known: null }]);
    await sql`insert into notes (text) values ('goes on')`;
    // Every page is readable, and every row is in its index.
    const [counted] = await sql`select count(*)::int as rows, count(distinct text)::int as texts from notes`;
    expect(counted?.rows).toBe(there.size + 20_001);
  } finally {
    await sql.end();
    await server.stop();
  }
  await expect(restore(folder, dataDir)).rejects.toThrow("holds a database already");
});

test("a backup that lost the log of its own making does not come up half", async () => {
  const dataDir = join(home, "without-log");
  await restore(folder, dataDir);
  const wal = join(findCluster(dataDir)!.data, "pg_wal");
  for (const name of readdirSync(wal)) if (/^[0-9A-F]{24}$/.test(name)) rmSync(join(wal, name));
  const user = serverUser();
  await expect(startPostmaster(findCluster(dataDir)!, findBinaries(user), user)).rejects.toThrow(
    "pg_ctl failed",
  );
});

test("a damaged backup is refused by the file that is damaged, and leaves nothing behind", async () => {
  const dataDir = join(home, "nothing");
  const { files } = await checkBackup(folder);
  const { path } = files.find(({ path, bytes }) => path.startsWith("data/base/") && bytes > 8_000)!;
  writeFileSync(join(folder, path), "x", { flag: "a" });
  await expect(restore(folder, dataDir)).rejects.toThrow(`${path} of the backup is not what was written`);
  expect(findCluster(dataDir)).toBeUndefined();
});

test("a folder that is no backup, and one that is there already, are refused in words", async () => {
  await expect(restore(home, join(home, "nothing"))).rejects.toThrow("is no backup");
  const cluster = { data: "", log: "", password: "" };
  await expect(backUp({ url: "postgres://nobody", cluster, dataDir: home }, folder)).rejects.toThrow(
    "is there already",
  );
});
