import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Binaries, SHARED_HOME } from "./binaries";
import { canEnter, runAs, type ServerUser } from "./server-user";

/** One Postgres data folder and what belongs to it. */
export type Cluster = {
  /** PGDATA. */
  data: string;
  log: string;
  /** Of the superuser `postgres`. */
  password: string;
};

/** Loopback and no socket files; UTC; the rest is Postgres' own default. */
const SETTINGS = [
  "listen_addresses = '127.0.0.1'",
  "unix_socket_directories = ''",
  "max_connections = 200",
  "timezone = 'UTC'",
  "log_timezone = 'UTC'",
  "log_min_messages = warning",
];

/** For data nobody will miss: tests need not wait for the disk. A killed server still keeps its commits. */
const THROWAWAY_SETTINGS = ["fsync = off", "full_page_writes = off"];

/**
 * Finds the cluster of a data folder, or makes it. It is made in a folder beside and renamed, so of
 * two racing starts one wins whole and the other takes the winner's.
 */
export async function findOrMakeCluster(
  dataDir: string,
  binaries: Binaries,
  user: ServerUser,
  throwaway: boolean,
): Promise<Cluster> {
  const home = clusterHome(dataDir, user);
  if (!existsSync(home)) await makeCluster(home, binaries, user, throwaway);
  const cluster = clusterIn(home);
  const { data } = cluster;
  const major = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (!binaries.version.startsWith(`${major}.`)) {
    throw new Error(
      `${data} was made by Postgres ${major}, installed is ${binaries.version}. ` +
        "Dump it with the old one and restore it, or set DATA_DIR to a new folder.",
    );
  }
  return cluster;
}

/** The cluster of a data folder, or undefined where none was made yet; makes nothing. */
export function findCluster(dataDir: string): Cluster | undefined {
  const note = join(dataDir, "postgres-is-in");
  const home = join(existsSync(note) ? readFileSync(note, "utf8").trim() : dataDir, "postgres");
  return existsSync(home) ? clusterIn(home) : undefined;
}

/** Where the cluster of a data folder lies or will; the folder around it is made. */
export function clusterHome(dataDir: string, user: ServerUser): string {
  return join(reachableHome(dataDir, user), "postgres");
}

function clusterIn(home: string): Cluster {
  return {
    data: join(home, "data"),
    log: join(home, "server.log"),
    password: readFileSync(join(home, "password"), "utf8").trim(),
  };
}

/**
 * The data folder itself where the server's user can enter it, else a folder of its own under
 * SHARED_HOME that a note in the data folder names: a project that is deleted and cloned again
 * starts afresh instead of inheriting what lay at its path before.
 */
function reachableHome(dataDir: string, user: ServerUser): string {
  mkdirSync(dataDir, { recursive: true, mode: user.uid === undefined ? 0o700 : 0o711 });
  const note = join(dataDir, "postgres-is-in");
  if (!existsSync(note)) {
    if (canEnter(dataDir, user)) return dataDir;
    const name = `${basename(dirname(dataDir))}-${randomBytes(6).toString("hex")}`;
    try {
      writeFileSync(note, join(SHARED_HOME, name), { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  const home = readFileSync(note, "utf8").trim();
  mkdirSync(home, { recursive: true, mode: 0o755 });
  return home;
}

async function makeCluster(home: string, binaries: Binaries, user: ServerUser, throwaway: boolean) {
  const beside = mkdtempSync(`${home}.new-`);
  try {
    const passwordFile = join(beside, "password");
    writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
    if (user.uid !== undefined)
      for (const path of [beside, passwordFile]) chownSync(path, user.uid, user.gid);
    const data = join(beside, "data");
    const encoding = [
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ];
    const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    const sync = throwaway ? ["--no-sync"] : [];
    await runAs(user, binaries.initdb, [
      `--pgdata=${data}`,
      "--no-instructions",
      ...encoding,
      ...access,
      ...sync,
    ]);
    const settings = [...SETTINGS, ...(throwaway ? THROWAWAY_SETTINGS : [])];
    appendFileSync(join(data, "postgresql.conf"), `\n${settings.join("\n")}\n`);
    if (user.uid !== undefined) chownSync(passwordFile, 0, 0);
    renameSync(beside, home);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}
