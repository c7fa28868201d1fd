import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { type Client, connect } from "@/db/connection/client";
import { startEmbedded } from "@/db/server/embedded";
import { migrate } from "@/db/server/migrate";
import { hashPassword } from "@/lib/auth/password";
import { agreedForYears, holdReview, prepareAndFreeze } from "@/lib/commands/review/freeze.fixture";
import { companyDay } from "@/lib/company-day";
import { keepLenses } from "@/lib/judging/lenses";
import { frozenQuarter } from "./calendar";
import { type JudgedIn, judgeFirst } from "./judge";
import { FINANCE, HEAD } from "./people";
import { sceneStatements } from "./scene";

export const PASSWORD = "correct horse battery";

/** A company of so many deals, loaded, judged and analysed, in a database of its own. */
export interface Company {
  deals: number;
  /** The day on which it was made: every query is asked as on it. */
  today: string;
  /** Of the role that owns the database. */
  url: string;
  client: Client;
  /** What judging it took, when this run made it; null when it had been kept. */
  judgedIn: JudgedIn | null;
}

/** The server of a run, with its companies. */
export interface Companies {
  open(deals: number): Promise<Company>;
  /** Their copies, for writing to: they are gone after `work`. */
  withCopies(companies: readonly Company[], work: (copies: Company[]) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const project = fileURLToPath(new URL("../..", import.meta.url));
/** What decides how a company's rows look: of another making, a kept one is thrown away. */
const MADE_BY = ["bench/company", "db/migrations", "lib/attribution", "lib/judging", "lib/metrics"];

/**
 * Starts a server of the run's own, which does not wait for the disk, so that times are the product's own.
 *
 * @param options.keep a folder in which companies stay for the next run; without it nothing stays
 */
export async function openCompanies(options: {
  keep?: string;
  currencies: readonly string[];
  say: (words: string) => void;
}): Promise<Companies> {
  const dataDir = options.keep ?? mkdtempSync(join(tmpdir(), "countersign-bench-"));
  // Root hands the server to another user, who must get in.
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, throwaway: true });
  const open: Company[] = [];
  const at = (database: string) => Object.assign(new URL(server.url), { pathname: `/${database}` }).href;
  const making = fingerprint(options.currencies);
  const owner = postgres(server.url, { max: 1, onnotice: () => {} });
  await dropOthers(owner, making);

  async function find(deals: number): Promise<Company> {
    const database = `bench_${deals}_${making}`;
    const url = at(database);
    const [there] = await owner`select from pg_database where datname = ${database}`;
    let judgedIn: JudgedIn | null = null;
    if (!there) {
      const unfinished = `${database}_new`;
      await owner`drop database if exists ${owner(unfinished)} with (force)`;
      await owner`create database ${owner(unfinished)}`;
      judgedIn = await make(at(unfinished), deals, options);
      await owner`alter database ${owner(unfinished)} rename to ${owner(database)}`;
    }
    const company = { deals, today: await dayOf(url), url, client: connect(url, { max: 16 }), judgedIn };
    open.push(company);
    return company;
  }

  async function copyOf(company: Company): Promise<Company> {
    // A template has no sessions but its copier's.
    await company.client.close();
    const database = `${nameIn(company.url)}_copy`;
    await owner`drop database if exists ${owner(database)} with (force)`;
    await owner`create database ${owner(database)} template ${owner(nameIn(company.url))} strategy file_copy`;
    company.client = connect(company.url, { max: 16 });
    return { ...company, url: at(database), client: connect(at(database), { max: 16 }) };
  }

  return {
    open: find,
    async withCopies(companies, work) {
      const copies: Company[] = [];
      try {
        for (const company of companies) copies.push(await copyOf(company));
        await work(copies);
      } finally {
        for (const { url, client } of copies) {
          await client.close();
          await owner`drop database ${owner(nameIn(url))} with (force)`;
        }
      }
    },
    async close() {
      await Promise.all(open.map(({ client }) => client.close()));
      await owner.end();
      await server.stop();
      if (!options.keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Loads, judges, looks through the lenses, freezes a quarter and analyses; gives what judging took. */
async function make(
  url: string,
  deals: number,
  { currencies, say }: Pick<Parameters<typeof openCompanies>[0], "currencies" | "say">,
): Promise<JudgedIn> {
  const today = companyDay(Date.now(), "UTC");
  await migrate(url);
  const started = performance.now();
  // One connection to the end: a new one would have the triggers back, and a million deals outlive its usual life.
  const sql = postgres(url, { max: 1, max_lifetime: 86_400, onnotice: () => {} });
  try {
    // The owner's way past triggers and foreign keys: what the scene says is right by its making.
    await sql.unsafe(
      "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'",
    );
    const indexes = await sql<{ name: string; definition: string }[]>`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
      from pg_index join pg_class on pg_class.oid = indrelid
      where relnamespace = 'public'::regnamespace and not indisunique and not indisexclusion`;
    for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
    const passwordHash = await hashPassword(PASSWORD);
    for (const statement of sceneStatements({ deals, today, currencies, passwordHash }))
      await sql.unsafe(statement);
    await agreedForYears(url, {
      cro: "cro",
      finance: "finance",
      head_of_partnerships: "head_of_partnerships",
    });
    await sql.unsafe("set maintenance_work_mem = '512MB'");
    for (const { definition } of indexes) await sql.unsafe(definition);
    await sql.unsafe(
      `create schema bench; create table bench.made (today date); insert into bench.made values ('${today}')`,
    );
    await sql.unsafe("vacuum analyze");
    say(`loaded ${deals} deals in ${seconds(performance.now() - started)}`);
    const client = connect(url, { max: 4 });
    const judgedIn = await judgeFirst(url, client, today);
    say(`judged ${deals} deals in ${seconds(judgedIn.ms)}`);
    const from = performance.now();
    await keepLenses(client, today);
    await freeze(sql, client, today);
    await client.close();
    say(`looked through the lenses and froze a quarter in ${seconds(performance.now() - from)}`);
    await sql.unsafe("vacuum analyze");
    return judgedIn;
  } finally {
    await sql.end();
  }
}

/** Freezes a quarter as two people do, once its cases are deferred and the checklist is done. */
async function freeze(sql: postgres.Sql, client: Client, today: string): Promise<void> {
  const quarter = frozenQuarter({ today });
  // With the triggers that count cases, unlike what the scene says.
  await sql.unsafe("set session_replication_role = origin");
  await sql`select set_config(name, 'system:bench', false) from unnest(array['countersign.actor', 'countersign.request']) name`;
  await sql`update exceptions set deferred_to = 'head_of_partnerships', deferred_until = ${today}
    where quarter = ${quarter} and settled_at is null`;
  await sql.unsafe("set session_replication_role = replica");
  const call = { client, today, timeoutMs: 3_600_000 };
  const closers = { finance: FINANCE, head: HEAD, call, password: PASSWORD };
  await holdReview(quarter, closers);
  await prepareAndFreeze(quarter, closers);
}

const nameIn = (url: string) => new URL(url).pathname.slice(1);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

async function dayOf(url: string): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [made] = await sql<{ today: string }[]>`select today::text as today from bench.made`;
    return made!.today;
  } finally {
    await sql.end();
  }
}

async function dropOthers(owner: postgres.Sql, making: string): Promise<void> {
  const others = await owner<{ datname: string }[]>`
    select datname from pg_database where datname like 'bench\_%' and right(datname, 10) <> ${making}`;
  for (const { datname } of others) await owner`drop database ${owner(datname)} with (force)`;
}

function fingerprint(currencies: readonly string[]): string {
  const hash = createHash("sha256").update(currencies.join());
  for (const folder of MADE_BY) {
    for (const name of readdirSync(join(project, folder), { recursive: true, encoding: "utf8" }).sort()) {
      const path = join(project, folder, name);
      if (!/[.](ts|sql)$/.test(name) || /[.]test[.]ts$/.test(name) || !statSync(path).isFile()) continue;
      hash.update(`${folder}/${name}\0`).update(readFileSync(path));
    }
  }
  return hash.digest("hex").slice(0, 10);
}
