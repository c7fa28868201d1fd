import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { checkBackup, type Manifest, SECRET_FILES } from "./backup";
import { clusterHome, findCluster } from "./cluster";
import { type ServerUser, serverUser } from "./server-user";

/** Folders that a server expects and a backup leaves out, being empty in it. */
const EMPTY = [
  "pg_wal/archive_status",
  "pg_wal/summaries",
  "pg_replslot",
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat",
  "pg_stat_tmp",
  "pg_subtrans",
  "pg_tblspc",
  "pg_twophase",
  "pg_commit_ts",
  "pg_logical/snapshots",
  "pg_logical/mappings",
];

/**
 * Puts a backup into a data folder that holds no database yet; the next start brings it to its end. Every file is
 * held against its sum first, and the database is there when all of it is.
 *
 * @throws Error when the backup is damaged, or the folder holds a database or other keys already
 */
export async function restore(folder: string, dataDir: string): Promise<Manifest> {
  if (findCluster(dataDir))
    throw new Error(
      `${dataDir} holds a database already: set DATA_DIR to a new folder, or move that one away.`,
    );
  const taken = SECRET_FILES.find((name) => existsSync(join(dataDir, name)));
  if (taken) throw new Error(`${join(dataDir, taken)} is there already: set DATA_DIR to a new folder.`);
  const manifest = await checkBackup(folder);
  const user = serverUser();
  const home = clusterHome(dataDir, user);
  const beside = mkdtempSync(`${home}.new-`);
  try {
    const data = join(beside, "data");
    for (const { path } of manifest.files.filter(
      ({ path }) => path === "password" || path.startsWith("data/"),
    )) {
      mkdirSync(dirname(join(beside, path)), { recursive: true, mode: 0o700 });
      copyFileSync(join(folder, path), join(beside, path));
    }
    for (const path of EMPTY) mkdirSync(join(data, path), { recursive: true, mode: 0o700 });
    await handOver(data, user);
    if (user.uid !== undefined) chownSync(beside, user.uid, user.gid);
    chmodSync(join(beside, "password"), 0o600);
    for (const name of SECRET_FILES) {
      if (!existsSync(join(folder, name))) continue;
      copyFileSync(join(folder, name), join(dataDir, name));
      chmodSync(join(dataDir, name), 0o600);
    }
    renameSync(beside, home);
    return manifest;
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  }
}

/** Postgres opens no data that is another's, or that others may read. */
async function handOver(folder: string, user: ServerUser): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await handOver(path, user);
    else {
      chmodSync(path, 0o600);
      if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
    }
  }
  chmodSync(folder, 0o700);
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
}
