import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkSecret } from "@/lib/auth/secret";
import { dataDirectory } from "./data-directory";

/**
 * What sessions are signed with: `NEXTAUTH_SECRET` when given, else `authSecret` of the data folder's
 * secrets.json (mode 0600), generated on first use. There is no default.
 *
 * @throws Error when the given one is weak (lib/auth/secret.ts)
 */
export function authSecret(): string {
  return checkSecret(process.env.NEXTAUTH_SECRET || (read() ?? generate()));
}

function file(): string {
  return join(dataDirectory(), "secrets.json");
}

function read(): string | undefined {
  try {
    return (JSON.parse(readFileSync(file(), "utf8")) as { authSecret?: string }).authSecret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Written beside and linked into place: of two racing starts both read the first one's, whole. */
function generate(): string {
  mkdirSync(dataDirectory(), { recursive: true });
  const beside = `${file()}.new-${randomBytes(6).toString("hex")}`;
  writeFileSync(beside, JSON.stringify({ authSecret: randomBytes(32).toString("base64url") }), {
    mode: 0o600,
  });
  try {
    linkSync(beside, file());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(beside);
  }
  return read() ?? "";
}
