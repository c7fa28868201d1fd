import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { closeDatabases, type Db } from "@/db/connection/client";
import { readDatabase } from "@/db/connection/replica";
import { openDatabase } from "@/db/server/open";
import type { Day } from "@/lib/attribution/facts";
import { parseDay } from "@/lib/attribution/field-rules";
import { parsePolicyChoice } from "@/lib/attribution/parse-policy";
import type { Policy } from "@/lib/attribution/policy";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { companyToday } from "@/lib/commands/today";
import { isRefusal, refuse } from "@/lib/errors";

/** How a command line asks for judgements: `--policy FILE`, `--as-of DAY`, and what stands besides. */
export interface Asking {
  positionals: string[];
  today: Day;
  /** Judge under this, storing nothing; undefined for the company's own. */
  policy: Policy | undefined;
  /** What `--policy` is held against, where a command takes that; undefined for the company's own. */
  against: Policy | undefined;
  /** Undefined for today. */
  asOf: Day | undefined;
  /** What was said to an option of the command's own. */
  said(option: string): string | undefined;
}

/**
 * Runs a reading command on the database and ends the process cleanly: exit status 2, with the reason and
 * `usage` on standard error, when it was called wrongly or what it asked for does not exist.
 */
export async function ask(
  usage: string,
  run: (db: Db, asking: Asking) => Promise<void>,
  { against = false, options = [] }: { against?: boolean; options?: readonly string[] } = {},
): Promise<void> {
  if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    const asked = await readArguments(process.argv.slice(2), against, options);
    const database = await openDatabase();
    try {
      const asking = { ...asked, today: await companyToday() };
      await run(await readDatabase(COMMAND_LINE.id), asking);
    } finally {
      await closeDatabases();
      await database.close();
    }
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    const misused = typeof code === "string" && (code.startsWith("ERR_PARSE_ARGS") || code === "ENOENT");
    if (!isRefusal(error) && !misused) throw error;
    process.stderr.write(`${(error as Error).message}\n${usage}\n`);
    process.exitCode = 2;
  }
}

async function readArguments(
  args: string[],
  takesAgainst: boolean,
  own: readonly string[],
): Promise<Omit<Asking, "today">> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(own.map((name) => [name, { type: "string" as const }])),
      ...{ policy: { type: "string" }, against: { type: "string" }, "as-of": { type: "string" } },
    },
  });
  const said = (option: string) => (values as Record<string, string | undefined>)[option];
  if (values.against !== undefined && !takesAgainst) refuse("--against", values.against, "is for backtests");
  return {
    positionals,
    policy: values.policy === undefined ? undefined : await readPolicy("policy", values.policy),
    against: values.against === undefined ? undefined : await readPolicy("against", values.against),
    asOf: values["as-of"] === undefined ? undefined : parseDay("--as-of", values["as-of"]),
    said,
  };
}

/** A policy document, or `{ "preset": name, …overrides }` (§6). */
async function readPolicy(option: string, path: string): Promise<Policy> {
  const text = await readFile(path, "utf8");
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    refuse(`--${option}`, path, `${path} is not JSON`);
  }
  return parsePolicyChoice(document, option);
}
