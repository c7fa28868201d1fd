import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { afterEach, describe, expect, test } from "vitest";
import { type Embedded, startEmbedded } from "./embedded";
import { openDatabase } from "./open";

const project = new URL("../..", import.meta.url).pathname;
let folders: string[] = [];
let launched: { process: ChildProcess; stop(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const launcher of launched) await launcher.stop();
  for (const folder of folders) await finish(folder);
  launched = [];
  folders = [];
});

/** A data folder that root's stand-in can enter, too. */
function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-embedded-"));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

async function finish(folder: string): Promise<void> {
  if (existsSync(pidFile(folder))) await (await startEmbedded({ dataDir: folder })).stop();
  rmSync(folder, { recursive: true, force: true });
}

const start = (dataDir: string) => startEmbedded({ dataDir, throwaway: true });
const pidFile = (dataDir: string) => join(dataDir, "postgres/data/postmaster.pid");
const postmaster = (dataDir: string) => Number(readFileSync(pidFile(dataDir), "utf8").split("\n")[0]);

async function ask<T>(server: { url: string }, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    return await question(sql);
  } finally {
    await sql.end();
  }
}

const writeNote = (server: Embedded) =>
  ask(server, (sql) =>
    sql.unsafe("create table note (said text); insert into note values ('kept')").simple(),
  );
const readNote = (server: Embedded) =>
  ask(server, async (sql) => (await sql`select said from note`)[0]?.said);

/** Another process that starts the server, tells its address and stays, as `npm start` does. */
async function launch(
  dataDir: string,
): Promise<{ url: string; process: ChildProcess; stop(): Promise<unknown> }> {
  const program = `
    import { startEmbedded } from ${JSON.stringify(join(project, "db/server/embedded.ts"))};
    startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, throwaway: true }).then((server) => {
      console.log(server.url);
      process.once("SIGTERM", () => server.stop().then(() => process.exit(0)));
    });`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const launcher = {
    url,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
  launched.push(launcher);
  return launcher;
}

async function gone(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    // A killed process whose parent does not collect it stays as a zombie, which no longer runs.
    const state = existsSync(`/proc/${pid}/stat`)
      ? readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.[0]
      : "Z";
    if (state === "Z") return true;
    await pause(50);
  }
  return false;
}

describe("a data folder", () => {
  test("keeps its rows from one start to the next", async () => {
    const folder = dataFolder();
    const first = await start(folder);
    await writeNote(first);
    const pid = postmaster(folder);
    await first.stop();
    expect(existsSync(pidFile(folder))).toBe(false);
    const second = await start(folder);
    expect(await readNote(second)).toBe("kept");
    expect(postmaster(folder)).not.toBe(pid);
    await second.stop();
  });

  test("is served on loopback only, with a generated password that only its owner reads", async () => {
    const folder = dataFolder();
    const server = await start(folder);
    const listens = await ask(
      server,
      (sql) => sql`
      select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
        current_setting('server_encoding') as encoding, array(select w from unnest(array['a','B','é','Z']) w order by w) as sorted`,
    );
    expect(listens[0]).toEqual({
      addresses: "127.0.0.1",
      sockets: "",
      encoding: "UTF8",
      sorted: ["B", "Z", "a", "é"],
    });
    expect(statSync(join(folder, "postgres/password")).mode & 0o777).toBe(0o600);
    const stranger = new URL(server.url);
    stranger.password = "postgres";
    await expect(ask({ url: stranger.href }, (sql) => sql`select 1`)).rejects.toMatchObject({
      code: "28P01",
    });
    await server.stop();
  });
});

test.skipIf(process.getuid?.() !== 0)(
  "root's stand-in gets the server where it can reach it when it cannot enter the data folder",
  async () => {
    const closed = mkdtempSync(join(tmpdir(), "countersign-closed-"));
    const server = await start(closed);
    const elsewhere = readFileSync(join(closed, "postgres-is-in"), "utf8");
    await writeNote(server);
    await server.stop();
    const again = await start(closed);
    expect(await readNote(again)).toBe("kept");
    expect(statSync(join(elsewhere, "postgres/data")).uid).not.toBe(0);
    expect(existsSync(join(closed, "postgres"))).toBe(false);
    await again.stop();
    for (const folder of [closed, elsewhere]) rmSync(folder, { recursive: true });
  },
);

describe("racing starts", () => {
  test("in two processes share one server, and the last to leave stops it", async () => {
    const folder = dataFolder();
    const [one, other] = await Promise.all([launch(folder), launch(folder)]);
    expect(one.url).toBe(other.url);
    expect(readdirSync(folder).filter((name) => name.startsWith("postgres"))).toEqual(["postgres"]);
    const pid = postmaster(folder);
    await one.stop();
    expect(await ask(other, async (sql) => (await sql`select 1 as up`)[0]?.up)).toBe(1);
    await other.stop();
    expect(await gone(pid)).toBe(true);
  });

  test("in one process share it, too", async () => {
    const folder = dataFolder();
    const servers = await Promise.all([start(folder), start(folder), start(folder)]);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(1);
    const pid = postmaster(folder);
    await Promise.all(servers.map((server) => server.stop()));
    expect(await gone(pid)).toBe(true);
  });

  test("a start while the server is stopping gets a living one", async () => {
    const folder = dataFolder();
    const first = await start(folder);
    await writeNote(first);
    const [, second] = await Promise.all([first.stop(), start(folder)]);
    expect(await readNote(second)).toBe("kept");
    await second.stop();
  });
});

describe("a server that somebody else uses", () => {
  test("is left running when its launcher stops", async () => {
    const folder = dataFolder();
    const server = await start(folder);
    const session = postgres(server.url, { max: 1, idle_timeout: 0 });
    await session`select 1`;
    await server.stop();
    expect((await session`select 1 as up`)[0]?.up).toBe(1);
    await session.end();
  });
});

describe("after a kill", () => {
  test("of the launcher, the next start adopts the server it left", async () => {
    const folder = dataFolder();
    const killed = await launch(folder);
    const pid = postmaster(folder);
    killed.process.kill("SIGKILL");
    await once(killed.process, "exit");
    const next = await start(folder);
    expect(next.url).toBe(killed.url);
    expect(postmaster(folder)).toBe(pid);
    await next.stop();
    expect(await gone(pid)).toBe(true);
  });

  test("of launcher and postmaster with sessions open, the next start recovers the rows", async () => {
    const folder = dataFolder();
    const killed = await launch(folder);
    const server = { url: killed.url, stop: async () => {} };
    await writeNote(server);
    const lingering = postgres(killed.url, { max: 3, onnotice: () => {} });
    const asleep = [1, 2, 3].map(() => lingering`select pg_sleep(2)`.catch((error: Error) => error));
    await pause(200);
    killed.process.kill("SIGKILL");
    process.kill(postmaster(folder), "SIGKILL");
    const next = await start(folder);
    expect(await readNote(next)).toBe("kept");
    await Promise.all(asleep);
    await lingering.end({ timeout: 1 });
    await next.stop();
  });

  test("of the postmaster, and of the next one as it starts, the launcher comes back to the same address", async () => {
    const folder = dataFolder();
    const server = await start(folder);
    await writeNote(server);
    for (let kills = 0, killed = 0; kills < 3; await pause(2)) {
      const pid = existsSync(pidFile(folder)) ? postmaster(folder) : 0;
      if (pid && pid !== killed) process.kill(pid, "SIGKILL");
      if (pid && pid !== killed) [kills, killed] = [kills + 1, pid];
    }
    await expect.poll(() => readNote(server).catch(() => null), { timeout: 60_000 }).toBe("kept");
    await server.stop();
  }, 90_000);

  test("of the postmaster alone, its launcher starts it again at the same address", async () => {
    const folder = dataFolder();
    const server = await start(folder);
    await writeNote(server);
    const pid = postmaster(folder);
    process.kill(pid, "SIGKILL");
    expect(await gone(pid)).toBe(true);
    let said: unknown;
    for (let waited = 0; said === undefined && waited < 20_000; waited += 100) {
      said = await readNote(server).catch(() => undefined);
      await pause(100);
    }
    expect(said).toBe("kept");
    await server.stop();
  });

  test.each([
    ["nobody", 4_000_000],
    ["a stranger", process.pid],
  ])("a lock file that names the process of %s is no obstacle", async (_whose, pid) => {
    const folder = dataFolder();
    const first = await start(folder);
    const lock = readFileSync(pidFile(folder), "utf8").split("\n");
    await first.stop();
    writeFileSync(pidFile(folder), [String(pid), ...lock.slice(1)].join("\n"));
    const second = await start(folder);
    expect(postmaster(folder)).not.toBe(pid);
    await second.stop();
  });
});

test("with DATABASE_URL given, that database is used and no server is started", async () => {
  const [given, unused] = [dataFolder(), dataFolder()];
  const server = await start(given);
  const before = { DATABASE_URL: process.env.DATABASE_URL, DATA_DIR: process.env.DATA_DIR };
  Object.assign(process.env, { DATABASE_URL: server.url, DATA_DIR: unused });
  try {
    const database = await openDatabase();
    expect(database.url).toBe(server.url);
    await database.close();
    expect(readdirSync(unused), "the installation's keys, and no server").toEqual(["keys.json"]);
    expect(await ask(server, async (sql) => (await sql`select 1 as up`)[0]?.up)).toBe(1);
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await server.stop();
  }
});
