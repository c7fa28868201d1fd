import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";

/** Where Debian and others install it; null where it is not. */
export const PGBOUNCER =
  ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].find((path) =>
    existsSync(path),
  ) ?? null;

/** PgBouncer in transaction mode before a database, on loopback. */
export interface Pooler {
  /** The database's address by it. */
  url: string;
  close(): Promise<void>;
}

/** Starts one that has so many connections of its own to the database, for any number of clients. */
export async function startPooler(url: string, connections: number): Promise<Pooler> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), "countersign-pooler-"));
  // It refuses to run as root and hands itself to another user, who must get in.
  chmodSync(folder, 0o755);
  const own = await freePort();
  const target = `host=${hostname} port=${port} dbname=${pathname.slice(1)} user=${username} password=${decodeURIComponent(password)}`;
  writeFileSync(
    join(folder, "pgbouncer.ini"),
    `[databases]\npooled = ${target}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${own}\nunix_socket_dir =\n` +
      `auth_type = any\npool_mode = transaction\ndefault_pool_size = ${connections}\nmax_client_conn = 200\nlogfile =\n`,
    { mode: 0o644 },
  );
  const asNobody = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const child = spawn(PGBOUNCER!, ["-q", ...asNobody, join(folder, "pgbouncer.ini")], { stdio: "ignore" });
  const pooled = `postgres://${username}@127.0.0.1:${own}/pooled`;
  await answering(pooled, child);
  return {
    url: pooled,
    async close() {
      child.kill("SIGKILL");
      await pause(10);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries++) {
    const sql = postgres(url, { max: 1, prepare: false, fetch_types: false, onnotice: () => {} });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (tries >= 50 || child.exitCode !== null) throw error;
      await pause(100);
    } finally {
      await sql.end({ timeout: 0 });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
