import { execFile, execFileSync, spawnSync } from "node:child_process";
import { promisify } from "node:util";

/**
 * Whom the server runs as: Postgres refuses to run as root, so root hands it to `postgres`, else to
 * `nobody`. Empty for everybody else, who run it as themselves. Spread it into spawn options.
 */
export type ServerUser = { uid: number; gid: number } | { uid?: undefined; gid?: undefined };

const execute = promisify(execFile);

/** Who the server must run as here. Throws when root finds neither `postgres` nor `nobody`. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) =>
        Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // No such user: try the next.
    }
  }
  throw new Error(
    "Postgres does not run as root, and there is no user `postgres` or `nobody` to hand it to. " +
      "Run as an ordinary user, or set DATABASE_URL.",
  );
}

/** Whether that user can enter the folder: asked of the system, which alone knows ACLs and mounts. */
export function canEnter(folder: string, user: ServerUser): boolean {
  if (user.uid === undefined) return true;
  return spawnSync("/bin/sh", ["-c", 'cd "$0"', folder], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}

/**
 * Runs one of the server's programs as that user, in a clean environment (a PGPORT or PGDATA of the
 * caller's must not leak in). Throws with the program's own words when it fails.
 */
export async function runAs(user: ServerUser, program: string, args: string[]): Promise<string> {
  const { SystemRoot, TEMP } = process.env;
  const env = process.platform === "win32" ? { SystemRoot, TEMP } : { PATH: "/usr/bin:/bin", LC_ALL: "C" };
  try {
    // The caller's own working directory may be closed to the user.
    const { stdout } = await execute(program, args, {
      ...user,
      cwd: "/",
      env: { ...env } as unknown as NodeJS.ProcessEnv,
    });
    return stdout;
  } catch (error) {
    const { stderr, stdout } = error as { stderr?: string; stdout?: string };
    const said = [stderr, stdout].filter(Boolean).join("\n").trim();
    throw new Error(`${program} failed: ${said || (error as Error).message}`, { cause: error });
  }
}
