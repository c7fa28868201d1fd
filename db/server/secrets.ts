import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newSecretKey, parseSecretKeys } from "@/lib/auth/sealed-secrets";
import { checkSecret } from "@/lib/auth/secret";
import { newSigningKey, parseSigningKeys, rotated, type SigningKey } from "@/lib/auth/signing-keys";
import { dataDirectory } from "./data-directory";

/**
 * What sessions are signed with: `NEXTAUTH_SECRET` when given, else `authSecret` of the data folder's
 * secrets.json (mode 0600), generated on first use. There is no default.
 *
 * @throws Error when the given one is weak (lib/auth/secret.ts)
 */
export function authSecret(): string {
  return checkSecret(process.env.NEXTAUTH_SECRET || kept(SECRETS, newSecrets).authSecret);
}

/** What this installation signs with (lib/auth/signing-keys.ts), and what a CRM shows to ask the stage gate. */
export interface GateSecrets {
  /** The first signs. */
  keys: SigningKey[];
  token: string;
}

/**
 * The gate's secrets: `SIGNING_KEYS` and `GATE_TOKEN` when given, else those of the data folder's keys.json (mode 0600),
 * generated on first use.
 *
 * @throws Error when the given keys are none, or the token is weak
 */
export function gateSecrets(): GateSecrets {
  const { SIGNING_KEYS: keys, GATE_TOKEN: token } = process.env;
  return {
    keys: keys ? parseSigningKeys(keys) : kept(GATE, newGate).keys,
    token: checkSecret(token || kept(GATE, newGate).token, "GATE_TOKEN"),
  };
}

/** Makes a new signing key, or a new token, for the next start; what was signed so far still verifies. */
export async function renewGate(what: "keys" | "token"): Promise<GateSecrets> {
  const now = kept(GATE, newGate);
  const renewed = {
    ...now,
    ...(what === "keys" ? { keys: await rotated(now.keys) } : { token: newToken() }),
  };
  renameSync(beside(GATE, renewed), file(GATE));
  return renewed;
}

/**
 * The keys under which secrets of others are sealed (lib/auth/sealed-secrets.ts): `SECRET_KEYS` when given, else those of
 * the data folder's sealing.json (mode 0600), generated on first use.
 *
 * @throws Error when the given ones are none
 */
export function secretKeys(): string[] {
  const given = process.env.SECRET_KEYS;
  return given ? parseSecretKeys(given) : kept(SEALING, newSealing).keys;
}

/** Makes a new key, which seals from the next start on; the former ones still open what they sealed. */
export function renewSecretKey(): string[] {
  const keys = [newSecretKey(), ...kept(SEALING, newSealing).keys];
  renameSync(beside(SEALING, { keys }), file(SEALING));
  return keys;
}

const SECRETS = "secrets.json";
const SEALING = "sealing.json";
const GATE = "keys.json";

const newToken = () => randomBytes(32).toString("base64url");
const newSealing = () => ({ keys: [newSecretKey()] });
const newSecrets = () => ({ authSecret: newToken() });
const newGate = (): GateSecrets => ({ keys: [newSigningKey()], token: newToken() });

function file(name: string): string {
  return join(dataDirectory(), name);
}

function read<T>(name: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file(name), "utf8")) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Written whole beside its place. */
function beside(name: string, content: unknown): string {
  mkdirSync(dataDirectory(), { recursive: true });
  const path = `${file(name)}.new-${randomBytes(6).toString("hex")}`;
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  return path;
}

/** What the file holds, made on first use: linked into place, so that two racing starts both read the first one's. */
function kept<T>(name: string, make: () => T): T {
  const found = read<T>(name);
  if (found) return found;
  const path = beside(name, make());
  try {
    linkSync(path, file(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(path);
  }
  return read<T>(name) as T;
}
