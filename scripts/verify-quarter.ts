import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { closeDatabases, type Db } from "@/db/connection/client";
import { readDatabase } from "@/db/connection/replica";
import { openDatabase } from "@/db/server/open";
import type { Difference } from "@/lib/attribution/json-difference";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { isRefusal, refuse } from "@/lib/errors";
import { eachSealedDeal, readSeals, SealDigest, sha256 } from "@/lib/sealing/seals";
import { SealCheck } from "@/lib/sealing/verify-seal";

/**
 * `npm run -s verify-quarter -- 2017-Q3 [--time-zone ZONE] [--locale LOCALE]`: recomputes a frozen quarter
 * from its sealed facts with its sealed policies and compares bit for bit. Exit status 0 and the digest, or
 * 1 and the first difference; 2 when it was called wrongly. Source: domain.md §1 freeze, §8.7.
 */
const USAGE = "npm run -s verify-quarter -- 2017-Q3 [--time-zone ZONE] [--locale LOCALE]";

interface Verified {
  digest: string;
  difference: Difference | null;
}

async function verify(db: Db, quarter: string): Promise<Verified> {
  const seal = (await readSeals(db, [quarter])).get(quarter);
  if (!seal) return refuse("quarter", quarter, "is not frozen");
  const check = new SealCheck(seal.line, sha256);
  const digest = new SealDigest();
  let difference = check.checkHeader();
  digest.add(seal.line);
  for await (const batch of eachSealedDeal(db, quarter)) {
    for (const deal of batch) {
      difference ??= check.checkDeal(deal);
      digest.add(deal.document);
    }
    if (difference) return { digest: seal.digest, difference };
  }
  const recomputed = digest.end();
  difference ??= check.checkNumbers(seal.tally);
  if (!difference && recomputed !== seal.digest) difference = { at: "digest", kept: seal.digest, recomputed };
  return { digest: seal.digest, difference };
}

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
    const { digest, difference } = await verify(await readDatabase(COMMAND_LINE.id), quarter);
    if (!difference) {
      process.stdout.write(`${digest}\n`);
      return 0;
    }
    const { at, kept, recomputed } = difference;
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
