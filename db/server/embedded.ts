import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { findBinaries } from "./binaries";
import { type Cluster, findOrMakeCluster } from "./cluster";
import { dataDirectory } from "./data-directory";
import { isFree, postmasterLives, readPidFile, startPostmaster, stopPostmaster } from "./postmaster";
import { serverUser } from "./server-user";
import { keepLogShort } from "./short-log";

/** A running built-in server, used by this process until it calls `stop`. */
export type Embedded = {
  /** Superuser address of the database `countersign`, on loopback. */
  url: string;
  /** Lets go of the server; stops it when no other launcher and no other session uses it. */
  stop(): Promise<void>;
};

const DATABASE = "countersign";
const START_WITHIN_MS = 90_000;
const LAST_SESSIONS_MS = 3_000;

/** Every launcher holds this lock shared while it uses the server; whoever gets it alone may stop it. */
const USERS_LOCK = 0x636f756e;

/**
 * Attaches to the server of the data folder, else starts it (architecture.md "The embedded default").
 * Safe against racing starts, servers left by killed runs, and killed servers. Should the server
 * die while in use, it is started again on the same port.
 *
 * @param options.dataDir where data lies; DATA_DIR or the project's `.data` when left out
 * @param options.throwaway for tests: a new folder is made with settings that never wait for the disk
 * @throws Error naming the missing piece, or the server's log, when it does not come up in 90 s
 */
export async function startEmbedded(
  options: { dataDir?: string; throwaway?: boolean } = {},
): Promise<Embedded> {
  const user = serverUser();
  const binaries = findBinaries(user);
  const dataDir = options.dataDir ?? dataDirectory();
  const cluster = await findOrMakeCluster(dataDir, binaries, user, options.throwaway ?? false);
  let port: number | undefined;
  let stopping = false;

  async function attachElseStart(): Promise<postgres.Sql> {
    const deadline = Date.now() + START_WITHIN_MS;
    let last: unknown;
    let wanted = port;
    while (Date.now() < deadline) {
      const held = await attach(cluster, lost).catch((error: unknown) => {
        last = error;
      });
      if (held) return held;
      if (!postmasterLives(cluster)) {
        await startPostmaster(cluster, binaries, user, wanted).catch(async (error: unknown) => {
          last = error;
          // Any free port will do only where somebody took this one: whoever uses the server knows no other.
          if (wanted !== undefined && !(await isFree(wanted))) wanted = undefined;
        });
      }
      await pause(100);
    }
    throw new Error(`The built-in Postgres did not answer; its log is ${cluster.log}.`, { cause: last });
  }

  function lost(): void {
    if (!stopping) holder = attachElseStart();
    holder.catch(() => {});
  }

  let holder = attachElseStart();
  await holder;
  port = readPidFile(cluster)?.port;
  const leaveLog = keepLogShort(cluster.log);
  return {
    url: address(cluster, port ?? 0, DATABASE),
    async stop() {
      if (stopping) return;
      stopping = true;
      leaveLog();
      const sql = await holder;
      try {
        if (await lastUser(sql)) await stopPostmaster(cluster, binaries, user);
      } finally {
        await sql.end({ timeout: 1 }).catch(() => {});
      }
    },
  };
}

function address(cluster: Cluster, port: number, database: string): string {
  return `postgres://postgres:${cluster.password}@127.0.0.1:${port}/${database}`;
}

/** Connects and takes the users' lock; undefined when nobody has left an address to try. */
async function attach(cluster: Cluster, lost: () => void): Promise<postgres.Sql | undefined> {
  const found = readPidFile(cluster);
  if (found === undefined) return undefined;
  let holding = false;
  const sql = postgres(address(cluster, found.port, "postgres"), {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    onclose: () => {
      if (!holding) return;
      holding = false;
      sql.end({ timeout: 0 }).then(lost, lost);
    },
    connection: { application_name: "countersign launcher" },
  });
  try {
    await sql`select pg_advisory_lock_shared(${USERS_LOCK})`;
    const [database] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (database === undefined) await createDatabase(sql);
    holding = true;
    return sql;
  } catch (error) {
    await sql.end({ timeout: 0 });
    throw error;
  }
}

async function createDatabase(sql: postgres.Sql): Promise<void> {
  try {
    await sql`create database ${sql(DATABASE)}`;
  } catch (error) {
    // Another launcher was first: reported as a duplicate database, or of its key when it raced.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  }
}

/** Whether no other launcher holds the server and no other session stays; waits for those leaving. */
async function lastUser(sql: postgres.Sql): Promise<boolean> {
  const [lock] = await sql`
    select pg_advisory_unlock_shared(${USERS_LOCK}), pg_try_advisory_lock(${USERS_LOCK}) as alone`;
  if (!lock?.alone) return false;
  const deadline = Date.now() + LAST_SESSIONS_MS;
  for (;;) {
    const [others] = await sql`
      select count(*)::int as sessions,
        count(*) filter (where datname = 'postgres' and wait_event = 'advisory')::int as arriving
      from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
    if (others?.sessions === 0) return true;
    if (others?.arriving > 0 || Date.now() > deadline) return false;
    await pause(50);
  }
}
