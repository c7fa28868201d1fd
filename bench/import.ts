import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import postgres from "postgres";
import { type Client, connect } from "@/db/connection/client";
import { startEmbedded } from "@/db/server/embedded";
import { migrate } from "@/db/server/migrate";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { judging } from "@/lib/commands/door";
import { companyDay } from "@/lib/company-day";
import type { Kind } from "@/lib/interchange/kinds";
import { landFile } from "@/lib/jobs/land-file";
import { type Copied, copyBare, copyIntoTables, fileText } from "./company/copied-files";
import { newRows, type Rows, spoilt } from "./company/rows";
import { ALL_BAD, APART, BAD, CLEAN, OF_TEXT, PEAK, WHOLE } from "./goals";
import { type Processor, processorOf } from "./processor";
import type { Report } from "./report";
import { quantile } from "./timing";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const RUNS = 3;
/** What takes longer is told as it is, without a second run. */
const LONG_MS = 60_000;
/** Of a company with its stages, roles and activities. */
const ROWS_A_DEAL = 11;

type Files = [Kind, Rows][];

/** What landing took, on the clock and on processors, with judging and without. */
interface Took {
  ms: number;
  judgingMs: number;
  busyMs: number;
  judgingBusyMs: number;
}

/**
 * Files landed in an empty database by the way of the command line: read, checked, written, logged and judged. The
 * floors: the same files copied into tables of text, and the same rows copied into the product's own tables.
 *
 * @param sizes how many rows, about
 */
export async function measureImport(sizes: readonly number[], report: Report): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-import-"));
  // Root hands the server to another user, who must get in.
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, throwaway: true });
  const owner = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    await owner`create database template_of_import`;
    await migrate(at(server.url, "template_of_import"));
    const today = companyDay(Date.now(), "UTC");
    const how = { url: server.url, owner, today, report };
    // Nobody is measured while the code is still being compiled.
    await inDatabase(how, async (url) => void (await land(url, owner, newRows(200, today), today)));
    for (const size of sizes) {
      const files = newRows(Math.max(1, Math.round(size / ROWS_A_DEAL)), today);
      const clean = await measureFiles(how, CLEAN, files);
      await measureFiles(how, BAD, spoilt(files, 20));
      await measureFiles(how, ALL_BAD, spoilt(files, 1), {
        name: "the clean files, judging apart",
        ms: clean,
      });
    }
  } finally {
    await owner.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Floor {
  name: string;
  ms: number;
}

interface How {
  url: string;
  owner: postgres.Sql;
  today: string;
  report: Report;
}

const at = (url: string, database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href;

async function inDatabase<T>({ url, owner }: How, work: (url: string) => Promise<T>): Promise<T> {
  await owner`drop database if exists of_import with (force)`;
  await owner`create database of_import template template_of_import strategy file_copy`;
  return work(at(url, "of_import"));
}

/**
 * Landing and its floors, run by run in turn, so that whoever else uses the machine slows all of them. Gives the
 * milliseconds without judging.
 *
 * @param beside the floor of files of which nothing lands, and that can so be copied into no table
 */
async function measureFiles(how: How, name: string, files: Files, beside?: Floor): Promise<number> {
  const { owner, report, today } = how;
  const rows = files.reduce((sum, [, of]) => sum + of.length, 0);
  const deals = files.find(([kind]) => kind === "deals")?.[1].length ?? 0;
  const taken: Took[] = [];
  const floors: Copied[] = [];
  const bare: number[] = [];
  for (let run = 0; run < RUNS && (run === 0 || taken[0]!.ms < LONG_MS); run++) {
    await inDatabase(how, async (url) => {
      taken.push(await land(url, owner, files, today));
      bare.push((await copyBare(url, files)).ms);
      if (!beside) floors.push(await copyIntoTables(url, (work) => inDatabase(how, work)));
    });
  }
  const of = (value: (one: Took) => number) => quantile(taken.map(value), 0.5);
  const apart = of(({ ms, judgingMs }) => ms - judgingMs);
  const ofFloor = (value: (one: Copied) => number) => quantile(floors.map(value), 0.5);
  const add = (what: string, ms: number, floor: Floor) =>
    report.add({
      ...{ part: "import", name: `${name}, ${what}`, deals, unit: "a second", value: (rows * 1000) / ms },
      floor: { name: floor.name, value: (rows * 1000) / floor.ms },
    });
  if (beside) {
    add(APART, apart, beside);
    return apart;
  }
  const text = { name: "COPY into tables of text", ms: quantile(bare, 0.5) };
  const tables = { name: "COPY into the tables that they land in", ms: ofFloor(({ ms }) => ms) };
  add(APART, apart, tables);
  add(`${APART}, ${OF_TEXT}`, apart, text);
  add(
    WHOLE,
    of(({ ms }) => ms),
    tables,
  );
  const busy = of(({ busyMs, judgingBusyMs }) => busyMs - judgingBusyMs);
  if (busy > 0)
    report.add({
      ...{ part: "import", name: `${name}, ${APART}, on processors`, deals, unit: "ms", value: busy },
      floor: { name: tables.name, value: ofFloor(({ busyMs }) => busyMs) },
    });
  if (name !== CLEAN) return apart;
  const value = await inDatabase(how, (url) => heldWhile(url, files, today));
  report.add({ part: "import", name: PEAK, deals, unit: "KiB", value });
  return apart;
}

async function land(url: string, owner: postgres.Sql, files: Files, today: string): Promise<Took> {
  const processor = await processorOf(owner);
  const client = connect(url, { max: 2 });
  const apart = judgingApart(processor);
  const texts = files.map(([kind, rows]) => [kind, fileText(rows)] as const);
  const [from, busyFrom] = [performance.now(), processor?.() ?? 0];
  try {
    for (const [kind, text] of texts) await landText(client, kind, text, today);
    const [ms, busyMs] = [performance.now() - from, (processor?.() ?? 0) - busyFrom];
    return { ms, busyMs, ...apart.taken };
  } finally {
    apart.end();
    await client.close();
  }
}

/** What the process holds at most while the files land, asked after each batch, beyond what it held before: KiB. */
async function heldWhile(url: string, files: Files, today: string): Promise<number> {
  const client = connect(url, { max: 2 });
  const texts = files.map(([kind, rows]) => [kind, fileText(rows)] as const);
  const held = () => {
    collect();
    return process.memoryUsage().heapUsed / 1024;
  };
  const before = held();
  let most = before;
  try {
    for (const [kind, text] of texts)
      await landText(client, kind, text, today, () => {
        most = Math.max(most, held());
      });
  } finally {
    await client.close();
  }
  return most - before;
}

async function landText(
  client: Client,
  kind: Kind,
  text: Buffer,
  today: string,
  afterBatch = () => {},
): Promise<void> {
  const file = {
    ...{ kind, mapping: null, zone: "UTC", replaces: false, bringBack: false },
    entry: { name: `${kind}.csv` },
    async *open() {
      for (let at = 0; at < text.length; at += 65_536) yield text.subarray(at, at + 65_536);
    },
  };
  const call = { actor: COMMAND_LINE, client, today, timeoutMs: 3_600_000 };
  for await (const _ of landFile(file, call)) afterBatch();
}

/** Adds up what the door takes for judging, from now until `end`. */
function judgingApart(processor: Processor | null) {
  const taken = { judgingMs: 0, judgingBusyMs: 0 };
  const add = (sign: 1 | -1) => {
    taken.judgingMs += sign * performance.now();
    taken.judgingBusyMs += sign * (processor?.() ?? 0);
  };
  const listener = {
    ...{ end() {}, asyncStart() {}, error() {} },
    start: () => add(-1),
    asyncEnd: () => add(1),
  };
  judging.subscribe(listener);
  return { taken, end: () => judging.unsubscribe(listener) };
}
