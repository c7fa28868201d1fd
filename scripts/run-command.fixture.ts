import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { type MockInstance, vi } from "vitest";

export interface Ran {
  readonly status: number | null;
  /** Standard output, standard error, and the last line of the former. */
  readonly out: string;
  readonly said: string;
  readonly last: string | undefined;
}

const fileOf = (script: string) => resolve(`scripts/${script}.ts`);
const ranWith = (status: number | null, out: string, said: string): Ran => ({
  status,
  out,
  said,
  last: out.trimEnd().split("\n").at(-1),
});

let before: Promise<unknown> = Promise.resolve();
let calls = 0;

/**
 * Runs a command of package.json on the database at `url`, in this process, which has the product's modules already:
 * its arguments, variables, streams and exit status are the command's for as long as it runs, one command at a time.
 */
export function runCommand(url: string, script: string, ...args: string[]): Promise<Ran> {
  const ran = before.then(() => runHere(url, script, args));
  before = ran.catch(() => {});
  return ran;
}

async function runHere(url: string, script: string, args: string[]): Promise<Ran> {
  const { argv, exitCode, env } = process;
  process.env = { ...env, DATABASE_URL: url };
  process.argv = [process.execPath, fileOf(script), ...args];
  process.exitCode = undefined;
  const out: string[] = [];
  const said: string[] = [];
  const heard = [
    hear(vi.spyOn(process.stdout, "write"), out),
    hear(vi.spyOn(process.stderr, "write"), said),
    vi.spyOn(console, "log").mockImplementation((line) => void out.push(`${line}\n`)),
    vi.spyOn(console, "error").mockImplementation((line) => void said.push(`${line}\n`)),
  ];
  try {
    // A command runs when it is loaded; the address makes it another module each time, what it imports stays loaded.
    const address = `${fileOf(script)}?call=${++calls}`;
    await import(/* @vite-ignore */ address);
    return ranWith(Number(process.exitCode ?? 0), out.join(""), said.join(""));
  } catch (error) {
    return ranWith(1, out.join(""), `${said.join("")}${(error as Error).stack}\n`);
  } finally {
    for (const stream of heard) stream.mockRestore();
    process.env = env;
    process.argv = argv;
    process.exitCode = exitCode;
  }
}

/** Keeps what is written to a stream. */
function hear(write: MockInstance<typeof process.stdout.write>, into: string[]) {
  return write.mockImplementation((text: string | Uint8Array) => {
    into.push(typeof text === "string" ? text : Buffer.from(text).toString());
    return true;
  });
}

/**
 * Runs a command in a process of its own, as a person would, on the database at `environment.DATABASE_URL`; what
 * `environment` does not say stays as it is. For what only a process has: its zone, its signals, a start from nothing.
 */
export async function runCommandIn(
  environment: Readonly<Record<string, string>>,
  script: string,
  ...args: string[]
): Promise<Ran> {
  const child = spawn(process.execPath, ["--import", "tsx", fileOf(script), ...args], {
    env: { ...process.env, ...environment },
  });
  let out = "";
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const status = await new Promise<number | null>((done) => child.on("close", done));
  return ranWith(status, out, said);
}
