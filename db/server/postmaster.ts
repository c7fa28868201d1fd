import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import type { Binaries } from "./binaries";
import type { Cluster } from "./cluster";
import { runAs, type ServerUser } from "./server-user";

/** What `postmaster.pid` says, or undefined when no server has left one. */
export function readPidFile(cluster: Cluster): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(join(cluster.data, "postmaster.pid"), "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 && port > 0 ? { pid, port } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the server of the pid file still lives, perhaps starting or stopping. When its number has
 * gone to a stranger or is a zombie's, Postgres would refuse to start for good: the file is removed
 * then. (Postgres' shared memory still keeps a second server off a data folder in use.)
 */
export function postmasterLives(cluster: Cluster): boolean {
  const found = readPidFile(cluster);
  if (found === undefined) return false;
  try {
    process.kill(found.pid, 0);
  } catch (error) {
    // Gone; Postgres clears such a file by itself.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  if (isPostmasterOf(found.pid, cluster)) return true;
  if (readPidFile(cluster)?.pid === found.pid) rmSync(join(cluster.data, "postmaster.pid"), { force: true });
  return false;
}

function isPostmasterOf(pid: number, cluster: Cluster): boolean {
  try {
    if (process.platform === "win32") return true;
    if (process.platform !== "linux") {
      const name = execFileSync("ps", ["-p", String(pid), "-o", "comm="], { encoding: "utf8" });
      return basename(name.trim()).startsWith("postgres");
    }
    const program = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "";
    if (!basename(program).startsWith("postgres")) return false;
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster.data);
  } catch (error) {
    // Where we may not look we must not conclude that nobody is there.
    return (error as NodeJS.ErrnoException).code === "EACCES";
  }
}

/**
 * Starts a server on a free loopback port, or on the one asked for, detached from this process.
 * Resolves when it accepts connections; throws when it does not come up, which is also what the
 * loser of two racing starts sees.
 */
export async function startPostmaster(cluster: Cluster, binaries: Binaries, user: ServerUser, port?: number) {
  const options = `-p ${port ?? (await freePort())}`;
  const args = ["start", "-D", cluster.data, "-l", cluster.log, "-o", options, "-w", "-t", "60", "-s"];
  await runAs(user, binaries.pgCtl, args);
}

/** Stops the server, ending its sessions, and waits until it is gone. */
export async function stopPostmaster(cluster: Cluster, binaries: Binaries, user: ServerUser): Promise<void> {
  await runAs(user, binaries.pgCtl, ["stop", "-D", cluster.data, "-m", "fast", "-w", "-t", "60", "-s"]);
}

/** Whether nobody listens on a loopback TCP port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** A loopback TCP port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
