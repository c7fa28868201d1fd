import { createHash, randomBytes } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import type { Cluster } from "./cluster";

/** What `backup.json` says of a backup. */
export interface Manifest {
  format: 1;
  /** When it ended: what was acknowledged before is in it. ISO 8601. */
  at: string;
  /** Major version of the Postgres that made it. */
  postgres: string;
  /** Where it begins and ends in the write-ahead log. */
  from: string;
  to: string;
  files: KeptFile[];
}

interface KeptFile {
  /** Within the backup, with `/`. */
  path: string;
  bytes: number;
  sha256: string;
}

export const MANIFEST = "backup.json";
/** Beside the database in the data folder: without the keys no receipt and no head of before is known. */
export const SECRET_FILES = ["keys.json", "secrets.json"];

/** What a server makes anew by itself, or must not find: the folders stay, without what is in them. */
const LEFT_EMPTY =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//;
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label.*|tablespace_map.*)$|(^|\/)pgsql_tmp|(^|\/)pg_internal\.init/;

/**
 * Copies a running built-in server whole into a new folder, while people go on writing: its files, and the
 * write-ahead log from the backup's beginning to its end, by which they become one moment again (Postgres' manual,
 * "Making a Base Backup Using the Low Level API"). The folder is there when all of it is.
 *
 * @param url of the server's superuser
 * @param besides files that go in too, by name
 * @throws Error when the folder is there already, or the log was not kept
 */
export async function backUp(
  { url, cluster, dataDir }: { url: string; cluster: Cluster; dataDir: string },
  folder: string,
  besides: Readonly<Record<string, string>> = {},
): Promise<Manifest> {
  if (existsSync(folder)) throw new Error(`${folder} is there already: name a folder that is not.`);
  const beside = `${folder}.part-${randomBytes(4).toString("hex")}`;
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  const sql = postgres(url, { max: 1, max_lifetime: null, idle_timeout: 0, onnotice: () => {} });
  try {
    const files: KeptFile[] = [];
    const keep = async (from: string, path: string) => {
      const kept = await copy(from, join(beside, path));
      if (kept) files.push({ path, ...kept });
      return kept !== undefined;
    };
    const { at, from, to } = await copyServer(sql, cluster, keep, beside, files);
    await keep(join(dirname(cluster.data), "password"), "password");
    for (const name of SECRET_FILES) await keep(join(dataDir, name), name);
    for (const [name, text] of Object.entries(besides)) files.push(await write(beside, name, text));
    const major = readFileSync(join(cluster.data, "PG_VERSION"), "utf8").trim();
    const manifest: Manifest = { format: 1, at, postgres: major, from, to, files };
    await writeFile(join(beside, MANIFEST), JSON.stringify(manifest, null, 1), { mode: 0o600 });
    renameSync(beside, folder);
    return manifest;
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

type Keep = (from: string, path: string) => Promise<boolean>;

async function copyServer(
  sql: postgres.Sql,
  cluster: Cluster,
  keep: Keep,
  beside: string,
  files: KeptFile[],
): Promise<Pick<Manifest, "at" | "from" | "to">> {
  // For as long as this session lives, the server throws no part of its log away.
  await sql`select pg_create_physical_replication_slot(${`backup_${randomBytes(4).toString("hex")}`}, true, true)`;
  const [start] = await sql<{ from: string }[]>`select pg_backup_start('countersign', true)::text as from`;
  for await (const path of filesBelow(cluster.data)) {
    if (LEFT_EMPTY.test(path) || LEFT_OUT.test(path)) continue;
    await keep(join(cluster.data, path), `data/${path}`);
  }
  const [last] = await sql<{ at: string }[]>`
    select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`;
  const [end] = await sql<{ to: string; labelfile: string }[]>`
    select lsn::text as to, labelfile from pg_backup_stop(true)`;
  const [wal] = await sql<{ first: string; last: string }[]>`
    select pg_walfile_name(${start!.from}::pg_lsn) as first, pg_walfile_name(${end!.to}::pg_lsn) as last`;
  files.push(await write(beside, "data/backup_label", end!.labelfile));
  const parts = (await readdir(join(cluster.data, "pg_wal"))).filter(
    (name) => /^[0-9A-F]{24}$/.test(name) && name >= wal!.first && name <= wal!.last,
  );
  for (const part of parts.toSorted()) await keep(join(cluster.data, "pg_wal", part), `data/pg_wal/${part}`);
  if (!files.some(({ path }) => path === `data/pg_wal/${wal!.last}`))
    throw new Error(`the server no longer has ${wal!.last} of its log: try again`);
  return { at: last!.at, from: start!.from, to: end!.to };
}

/** Every file below a folder, by its path within; of what vanishes meanwhile nothing is said. */
async function* filesBelow(folder: string, within = ""): AsyncGenerator<string> {
  const found = await readdir(join(folder, within), { withFileTypes: true }).catch(ifGone([]));
  for (const entry of found) {
    const path = within ? `${within}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* filesBelow(folder, path);
    else if (entry.isFile()) yield path;
  }
}

/** Copies a file; undefined when it is not there any more, as of a table that was dropped. */
async function copy(from: string, to: string): Promise<Omit<KeptFile, "path"> | undefined> {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  const hash = createHash("sha256");
  let bytes = 0;
  const counted = new Transform({
    transform(part: Buffer, _, done) {
      hash.update(part);
      bytes += part.length;
      done(null, part);
    },
  });
  try {
    await pipeline(createReadStream(from), counted, createWriteStream(to, { mode: 0o600 }));
  } catch (error) {
    rmSync(to, { force: true });
    return ifGone(undefined)(error);
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function write(folder: string, path: string, text: string): Promise<KeptFile> {
  await writeFile(join(folder, path), text, { mode: 0o600 });
  return { path, bytes: Buffer.byteLength(text), sha256: sha256(text) };
}

function ifGone<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return instead;
    throw error;
  };
}

const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

/**
 * What a backup's manifest says, every file of it held against its sum.
 *
 * @throws Error naming the first file that is missing, or not what was written
 */
export async function checkBackup(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(ifGone(undefined));
  if (text === undefined) throw new Error(`${folder} is no backup: there is no ${MANIFEST} in it.`);
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== 1) throw new Error(`${folder} is of a later version than this: take that version.`);
  for (const { path, sha256: wanted } of manifest.files) {
    const hash = createHash("sha256");
    try {
      for await (const part of createReadStream(join(folder, path))) hash.update(part as Buffer);
    } catch (cause) {
      throw new Error(`${path} of the backup cannot be read`, { cause });
    }
    if (hash.digest("hex") !== wanted) throw new Error(`${path} of the backup is not what was written`);
  }
  return manifest;
}
