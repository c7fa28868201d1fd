import { spawn } from "node:child_process";
import { resolve } from "node:path";

export interface Ran {
  readonly status: number | null;
  /** Standard output, standard error, and the last line of the former. */
  readonly out: string;
  readonly said: string;
  readonly last: string | undefined;
}

/** Runs a command of package.json on the database at `url`, as a person would. */
export const runCommand = (url: string, script: string, ...args: string[]): Promise<Ran> =>
  runCommandIn({ DATABASE_URL: url }, script, ...args);

/** The same in an environment of its own; what `environment` does not say stays as it is. */
export async function runCommandIn(
  environment: Readonly<Record<string, string>>,
  script: string,
  ...args: string[]
): Promise<Ran> {
  const child = spawn(process.execPath, ["--import", "tsx", resolve(`scripts/${script}.ts`), ...args], {
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
  return { status, out, said, last: out.trimEnd().split("\n").at(-1) };
}
