import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { closeDatabases } from "@/db/connection/client";
import { readDatabase } from "@/db/connection/replica";
import { openDatabase } from "@/db/server/open";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { isRefusal, refuse } from "@/lib/errors";
import { report, verify } from "./verified-quarter";

/**
 * `npm run -s verify-quarter -- 2017-Q3 [--time-zone ZONE] [--locale LOCALE]`: recomputes a frozen quarter
 * from its sealed facts with its sealed policies, and holds seal, columns, signatures, minutes and the audit chain
 * against each other. Exit status 0 and what was checked, or 1 and the first difference; 2 when it was called wrongly. Source: domain.md §1 freeze, §8.7.
 */
const USAGE = "npm run -s verify-quarter -- 2017-Q3 [--time-zone ZONE] [--locale LOCALE]";

/** The zone and the locale are read once, when a process starts: another one does the work in them. */
function elsewhere(zone: string | undefined, locale: string | undefined, quarter: string): number {
  const env = { ...process.env };
  if (zone !== undefined) env.TZ = zone;
  if (locale !== undefined) for (const name of ["LC_ALL", "LANG", "LANGUAGE"]) env[name] = locale;
  const { status, error } = spawnSync(process.execPath, [...process.execArgv, process.argv[1]!, quarter], {
    env,
    stdio: "inherit",
  });
  if (error) throw error;
  return status ?? 1;
}

function mustExist(zone: string | undefined, locale: string | undefined): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    refuse("--time-zone", zone, "must be a time zone, Pacific/Kiritimati");
  }
  try {
    if (locale !== undefined) new Intl.Locale(locale.split(".")[0]!.replaceAll("_", "-"));
  } catch {
    refuse("--locale", locale, "must be a locale, tr_TR.UTF-8");
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "time-zone": { type: "string" }, locale: { type: "string" } },
  });
  const [quarter, ...more] = positionals;
  if (quarter === undefined || more.length > 0) return refuse("quarter", positionals, "name one quarter");
  const { "time-zone": zone, locale } = values;
  mustExist(zone, locale);
  if (zone !== undefined || locale !== undefined) return elsewhere(zone, locale, quarter);
  const database = await openDatabase();
  try {
    const verified = await verify(await readDatabase(COMMAND_LINE.id), quarter);
    if (!verified.difference) {
      process.stdout.write(`${report(verified)}\n`);
      return 0;
    }
    const { at, kept, recomputed } = verified.difference;
    process.stdout.write(`${at}: sealed ${kept}, recomputed ${recomputed}\n`);
    return 1;
  } finally {
    await closeDatabases();
    await database.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const code = (error as { code?: unknown } | null)?.code;
  const misused = typeof code === "string" && code.startsWith("ERR_PARSE_ARGS");
  if (!isRefusal(error) && !misused) throw error;
  process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
  process.exitCode = 2;
}
