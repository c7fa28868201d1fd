import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { findBinaries } from "./server/binaries";
import { type Cluster, findOrMakeCluster } from "./server/cluster";
import { migrate } from "./server/migrate";
import { readPidFile, startPostmaster, stopPostmaster } from "./server/postmaster";
import { serverUser } from "./server/server-user";

/** A migrated server and a replica that streams from it, both on loopback, for tests. */
export interface Pair {
  primary: string;
  replica: string;
  /** Has the replica stay where it is, as one that lags. */
  hold(): Promise<void>;
  /** Has it go on, and waits until it has all that the primary holds. */
  release(): Promise<void>;
  stopReplica(): Promise<void>;
  close(): Promise<void>;
}

const urlOf = (cluster: Cluster) =>
  `postgres://postgres:${cluster.password}@127.0.0.1:${readPidFile(cluster)?.port}/postgres`;

/** Starts both. The replica is a copy of the stopped primary, which needs none of the programs that are not shipped. */
export async function startPair(): Promise<Pair> {
  const folder = mkdtempSync(join(tmpdir(), "countersign-pair-"));
  // Root hands the servers to another user, who must get in.
  chmodSync(folder, 0o711);
  const user = serverUser();
  const binaries = findBinaries(user);
  const cluster = await findOrMakeCluster(join(folder, "primary"), binaries, user, true);
  const copy: Cluster = { ...cluster, data: `${cluster.data}-replica`, log: `${cluster.log}-replica` };
  execFileSync("cp", ["-a", cluster.data, copy.data]);
  await startPostmaster(cluster, binaries, user);
  const primary = urlOf(cluster);
  await migrate(primary);
  const { port, password } = new URL(primary);
  const follows = `host=127.0.0.1 port=${port} user=postgres password=${password}`;
  appendFileSync(join(copy.data, "postgresql.conf"), `\nprimary_conninfo = '${follows}'\n`);
  writeFileSync(join(copy.data, "standby.signal"), "");
  if (user.uid !== undefined) chownSync(dirname(copy.log), user.uid, user.gid);
  await startPostmaster(copy, binaries, user);
  const replica = urlOf(copy);
  const [ahead, behind] = [primary, replica].map((url) => postgres(url, { max: 1, onnotice: () => {} })) as [
    postgres.Sql,
    postgres.Sql,
  ];
  let isUp = true;
  const stopReplica = async () => {
    if (!isUp) return;
    isUp = false;
    await stopPostmaster(copy, binaries, user);
  };
  const pair: Pair = {
    primary,
    replica,
    async hold() {
      await behind`select pg_wal_replay_pause()`;
      await until(() => behind`select pg_get_wal_replay_pause_state() = 'paused' as so`);
    },
    async release() {
      // A commit flushes whatever the server wrote for itself before it, which would else wait for its turn.
      await ahead`select pg_logical_emit_message(true, 'release', '')`;
      const [now] = await ahead<{ at: string }[]>`select pg_current_wal_flush_lsn()::text as at`;
      await behind`select pg_wal_replay_resume()`;
      await until(() => behind`select pg_last_wal_replay_lsn() >= ${now!.at}::pg_lsn as so`);
    },
    stopReplica,
    async close() {
      await Promise.all([ahead.end({ timeout: 1 }), behind.end({ timeout: 1 })]);
      await stopReplica();
      await stopPostmaster(cluster, binaries, user);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await pair.release();
  return pair;
}

async function until(isSo: () => Promise<Iterable<postgres.Row>>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const [row] = [...(await isSo())];
    if (row?.so) return;
    await pause(20);
  }
  throw new Error("the replica did not get there in ten seconds");
}
