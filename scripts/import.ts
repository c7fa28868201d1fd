import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { closeDatabases, database } from "@/db/connection/client";
import { openDatabase } from "@/db/server/open";
import { parseOneOf } from "@/lib/attribution/field-rules";
import { EVIDENCE_SOURCES, type EvidenceSource } from "@/lib/attribution/vocabulary";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { companyZone } from "@/lib/commands/today";
import { parseZone } from "@/lib/company-day";
import { headerIn, kindOfHeader, shippedFor } from "@/lib/connectors/csv/known-files";
import { fileRefusal } from "@/lib/connectors/csv/reader";
import { isRefusal, refuse } from "@/lib/errors";
import { KINDS, type Kind, type RefusedRow } from "@/lib/interchange/kinds";
import { type Mapping, parseMapping } from "@/lib/interchange/mapping";
import { type Landed, landFile } from "@/lib/jobs/land-file";
import { readCompany } from "@/lib/queries/company/company";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { type Counts, countsInWords, goneWords, none, refusedWords } from "./import-words";
import { endRefused } from "./misuse";
import { RefusedFile } from "./refused-file";
import { repeatedKey } from "./repeated-key";

/**
 * `npm run import -- FOLDER`, `-- FILE` that is known by its header, `-- --kind deals FILE`, `-- --mapping FILE.json FILE`: lands files of the
 * interchange format, or a foreign one through a mapping. `--replace-history` and `--replace-roles` say that a file
 * stands for what is stored on its deals. Progress goes to standard error; the last line
 * of standard output is the count. Exit status 1 when a row was refused, 2 when the call itself is wrong.
 * Source: imports.md.
 */
const USAGE = `npm run import -- FOLDER
npm run import -- FILE, of the format or as Salesforce, HubSpot, Pipedrive, Dynamics or Zoho write it
npm run import -- --kind ${KINDS.join("|")} FILE
npm run import -- --mapping MAPPING.json FILE
  --replace-history   the file of stages holds the whole history of its deals: entries it does not hold go
  --replace-roles     the file holds every role row of its deals: a row under a new id takes the old one's place
  --bring-back        a deal that was removed here is entered again; else its row is refused
  --zone ZONE         days of instants are days of this zone (Europe/Berlin), where the mapping says none; else the company's
  --source ${EVIDENCE_SOURCES.join("|")} says which system the files come from`;

interface Job {
  kind: Kind;
  file: string;
  source: EvidenceSource | undefined;
  mapping: Mapping | null;
  /** Of a file that is read by a mapping which ships with the product. */
  header: readonly string[] | null;
  replaces: boolean;
  bringBack: boolean;
  /** In which instants become days, where the mapping says none; null for the company's. */
  zone: string | null;
}

/** What is said of every file of a call. */
type OfEach = Pick<Job, "source" | "zone" | "bringBack">;

/** The kinds of which a file can be whole, by the option that says so. */
const REPLACING = { stage_history: "replace-history", roles: "replace-roles" } as const;

/** Bytes of a file that are read at a time. */
const PIECE = 256 * 1024;

const tell = (line: string) => process.stderr.write(`${line}\n`);
const rate = (rows: number, since: number) => Math.round((rows * 1000) / Math.max(1, Date.now() - since));

try {
  const jobs = await jobsOf(process.argv.slice(2));
  const opened = await openDatabase();
  try {
    process.exitCode = await runAll(jobs);
  } finally {
    await closeDatabases();
    await opened.close();
  }
} catch (error) {
  endRefused(error, USAGE);
}

/** The files to land, in the order of kinds. */
async function jobsOf(args: string[]): Promise<Job[]> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      kind: { type: "string" },
      mapping: { type: "string" },
      source: { type: "string" },
      zone: { type: "string" },
      "bring-back": { type: "boolean" },
      "replace-history": { type: "boolean" },
      "replace-roles": { type: "boolean" },
    },
  });
  const replaces = (kind: Kind) =>
    kind in REPLACING && values[REPLACING[kind as keyof typeof REPLACING]] === true;
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0)
    return refuse("arguments", positionals, "name one folder or one file");
  const said: OfEach = {
    source: values.source ? parseOneOf("--source", values.source, EVIDENCE_SOURCES) : undefined,
    zone: values.zone === undefined ? null : parseZone("--zone", values.zone),
    bringBack: values["bring-back"] === true,
  };
  const path = resolve(given);
  if ((await stat(path)).isDirectory()) {
    if (values.kind || values.mapping)
      refuse("arguments", given, "a kind or a mapping goes with a file, not a folder");
    return jobsIn(path, said, replaces);
  }
  const mapping = values.mapping ? await readMapping(values.mapping) : null;
  if (mapping && values.kind && values.kind !== mapping.kind)
    refuse("arguments", values.kind, `the mapping is for ${mapping.kind}`);
  const known = mapping || values.kind ? null : await knownFile(path);
  const kind = mapping?.kind ?? known?.kind ?? parseOneOf("--kind", values.kind, KINDS);
  for (const [kindOf, option] of Object.entries(REPLACING))
    if (values[option] && kindOf !== kind)
      refuse("arguments", `--${option}`, `goes with a file of ${kindOf}`);
  return [{ ...said, kind, file: path, mapping, header: known?.header ?? null, replaces: replaces(kind) }];
}

async function jobsIn(folder: string, said: OfEach, replaces: (kind: Kind) => boolean): Promise<Job[]> {
  const jobs = KINDS.map((kind) => ({
    kind,
    file: join(folder, `${kind}.csv`),
    ...said,
    mapping: null,
    header: null,
    replaces: replaces(kind),
  })).filter(({ file }) => existsSync(file));
  if (jobs.length === 0)
    refuse("arguments", folder, `the folder holds none of ${KINDS.map((kind) => `${kind}.csv`).join(", ")}`);
  const others = (await readdir(folder)).filter(
    (name) =>
      name.endsWith(".csv") &&
      !name.endsWith(".refused.csv") &&
      !jobs.some(({ file }) => basename(file) === name),
  );
  if (others.length > 0) tell(`Left alone, not of the format: ${others.join(", ")}`);
  return jobs;
}

/** How a file is read of which nobody says it: by its header, in the format or as a common system writes it. */
async function knownFile(path: string): Promise<{ kind: Kind; header: string[] | null }> {
  const header = await headerIn(createReadStream(path));
  const kind = kindOfHeader(header);
  if (kind) return { kind, header: null };
  const shipped = shippedFor(header, "USD");
  if (!shipped) return refuse("arguments", path, "is not known by its header: it needs --kind or --mapping");
  tell(`${basename(path)}: read as ${shipped.name}`);
  return { kind: shipped.mapping.kind, header };
}

async function readMapping(path: string): Promise<Mapping> {
  const text = await readFile(path, "utf8");
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    refuse("--mapping", path, "is not JSON");
  }
  const key = repeatedKey(text);
  if (key !== null) refuse("--mapping", key, "stands twice in one object: say which of the two is meant");
  return parseMapping(document, "mapping");
}

/** What the audit log keeps of the file itself, and a second person accepts it by. */
async function digestOf(file: string): Promise<{ name: string; sha256: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of createReadStream(file)) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { name: basename(file), sha256: hash.digest("hex"), bytes };
}

/** Lands the files one after the other; the exit status. */
async function runAll(jobs: readonly Job[]): Promise<number> {
  const total = none();
  let failed = false;
  for (const job of jobs) {
    const report = await landOne(job);
    for (const name of Object.keys(total) as (keyof Counts)[]) total[name] += report.counts[name];
    failed ||= report.failed;
  }
  process.stdout.write(`${countsInWords(total)}\n`);
  return failed ? 1 : 0;
}

/** What reads the file: what was given, or what ships with the product for files of its header. */
async function mappingOf({ mapping, header }: Job): Promise<Mapping | null> {
  if (!header) return mapping;
  const { reportingCurrency } = await readCompany(database().db);
  return shippedFor(header, reportingCurrency)?.mapping ?? null;
}

async function landOne(job: Job): Promise<{ counts: Counts; failed: boolean }> {
  const { kind, file, replaces, bringBack } = job;
  const started = Date.now();
  const counts = none();
  const report = await RefusedFile.beside(file);
  let told = started;
  const gone: Landed["removed"] = [];
  const mapping = await mappingOf(job);
  const entry = { ...(await digestOf(file)), source: job.source ?? mapping?.source ?? undefined };
  const zone = job.zone ?? (await companyZone());
  const open = () => createReadStream(file, { highWaterMark: PIECE });
  let refusedWhole: RefusedRow | null = null;
  try {
    for await (const landed of landFile(
      { kind, open, mapping, zone, replaces, bringBack, entry },
      { actor: COMMAND_LINE, timeoutMs: 300_000 },
    )) {
      for (const name of ["read", "created", "updated", "unchanged", "leftOut"] as const)
        counts[name] += landed[name];
      counts.refused += landed.refused.length;
      await report.add(landed.refused);
      for (const entry of landed.removed) gone.push(entry);
      for (const { text } of landed.notes) tell(`${kind}: ${text}`);
      if (Date.now() - told > 2_000) {
        told = Date.now();
        tell(`${kind}: ${count(counts.read, "row")}, ${thousands(rate(counts.read, started))} a second`);
      }
    }
  } catch (error) {
    if (isRefusal(error) && error.code !== "invalid") throw error;
    refusedWhole = fileRefusal(error);
    await report.add([refusedWhole]);
  }
  await report.end();
  const took = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  tell(`${kind}: ${countsInWords(counts, (number) => thousands(number))} (${took})`);
  if (refusedWhole) tell(refusedWords(file, refusedWhole, counts.read > 0));
  if (gone.length > 0) tell(goneWords(gone));
  if (report.path) tell(`Refused rows with their reasons: ${report.path}`);
  return { counts, failed: counts.refused > 0 || refusedWhole !== null };
}
