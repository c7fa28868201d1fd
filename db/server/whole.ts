import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import postgres from "postgres";
import { newestMigration } from "./migrate";

/** What `export.json` says of an export. */
export interface Whole {
  format: 1;
  /** The tables' version: they are loaded into the same one. */
  migration: string;
  tables: { name: string; rows: number; sha256: string }[];
  /** The last number that each gave, null before its first. */
  sequences: { name: string; last: string | null }[];
}

const MANIFEST = "export.json";
const BATCH = 1_000;
/** Rows of long documents go in parts of about this size. */
const BATCH_BYTES = 4_000_000;

interface Table {
  name: string;
  /** Quoted, those that are written. */
  columns: string;
  /** Quoted, the primary key's. */
  key: string;
}

/** Every table of the product's own, by name. Those of the queue are made anew. */
const TABLES = `
  select c.relname as name,
    (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
      where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
    coalesce((select string_agg(quote_ident(attname), ', ' order by array_position(indkey::int[], attnum::int))
      from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
      where indrelid = c.oid and indisprimary), 'ctid') as key
  from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;

const open = (url: string) =>
  postgres(url, {
    max: 1,
    max_lifetime: null,
    onnotice: () => {},
    // Instants as text are the same wherever they are read.
    connection: { application_name: "countersign export", TimeZone: "UTC" },
  });

/**
 * Writes every table into a new folder, a file of JSON lines each, all as of one moment, while people go on writing.
 * The same database comes to the same bytes. The folder is there when all of it is; it holds what the database does,
 * password hashes and sealed secrets too.
 */
export async function writeWhole(url: string, folder: string): Promise<Whole> {
  if (existsSync(folder)) throw new Error(`${folder} is there already: name a folder that is not.`);
  const beside = `${folder}.part`;
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  const sql = open(url);
  try {
    const { tables, sequences } = await sql.begin("isolation level repeatable read read only", async (tx) => {
      const written: Whole["tables"] = [];
      for (const table of await tx.unsafe<Table[]>(TABLES)) written.push(await writeTable(tx, table, beside));
      // Read last: a number may be given and not used, but not used and not given.
      return {
        tables: written,
        sequences: await tx<Whole["sequences"]>`
        select quote_ident(sequencename) as name, last_value::text as last from pg_sequences
        where schemaname = 'public' order by sequencename`,
      };
    });
    const whole: Whole = { format: 1, migration: newestMigration().hash, tables, sequences };
    await writeFile(join(beside, MANIFEST), JSON.stringify(whole, null, 1), { mode: 0o600 });
    renameSync(beside, folder);
    return whole;
  } finally {
    rmSync(beside, { recursive: true, force: true });
    await sql.end({ timeout: 5 });
  }
}

async function writeTable(tx: postgres.TransactionSql, { name, columns, key }: Table, folder: string) {
  const file = createWriteStream(join(folder, `${name}.jsonl`), { mode: 0o600 });
  const hash = createHash("sha256");
  let rows = 0;
  const query = `select row_to_json(r)::text as line from (select ${columns} from ${name} order by ${key}) r`;
  for await (const batch of tx.unsafe<{ line: string }[]>(query).cursor(BATCH)) {
    const text = batch.map(({ line }) => `${line}\n`).join("");
    hash.update(text);
    rows += batch.length;
    if (!file.write(text)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  return { name, rows, sha256: hash.digest("hex") };
}

/**
 * Loads an export into a database of the same version that nobody has used yet, as its owner: whole, or not at all.
 * Guards rest meanwhile, since they know writes and not histories; every constraint is checked at the end.
 *
 * @throws Error when a file is not what was written, the versions differ, or somebody has used the database
 */
export async function loadWhole(url: string, folder: string): Promise<Whole> {
  const whole = await readManifest(folder);
  const sql = open(url);
  try {
    await sql.begin(async (tx) => {
      const known = await tx.unsafe<Table[]>(TABLES);
      const [used] = await tx`select exists (select from deals) or exists (select from policies) as so`;
      if (used?.so) throw new Error("somebody has used this database: load an export into one that is new");
      const rested = await restGuards(tx, known);
      await tx.unsafe(`truncate ${known.map(({ name }) => name).join(", ")}`);
      for (const { name, rows } of whole.tables) {
        const table = known.find((one) => one.name === name);
        if (!table) throw new Error(`there is no table ${name} in this version`);
        const loaded = await loadTable(tx, table, join(folder, `${name}.jsonl`));
        if (loaded !== rows) throw new Error(`${name} has ${loaded} rows and not ${rows}`);
      }
      for (const statement of rested) await tx.unsafe(statement);
      for (const { name, last } of whole.sequences)
        if (last !== null) await tx`select setval(${name}::regclass, ${last}::bigint)`;
    });
    return whole;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function readManifest(folder: string): Promise<Whole> {
  const whole = JSON.parse(await readFile(join(folder, MANIFEST), "utf8")) as Whole;
  if (whole.format !== 1 || whole.migration !== newestMigration().hash)
    throw new Error(`${folder} was written by another version: load it with that one, and upgrade then`);
  for (const { name, sha256 } of whole.tables) {
    const hash = createHash("sha256");
    for await (const part of createReadStream(join(folder, `${name}.jsonl`))) hash.update(part as Buffer);
    if (hash.digest("hex") !== sha256) throw new Error(`${name}.jsonl is not what was written`);
  }
  return whole;
}

/** Takes off what looks at single writes; gives back the statements that put all of it on again as it was. */
async function restGuards(tx: postgres.TransactionSql, tables: readonly Table[]): Promise<string[]> {
  const back = await tx.unsafe<{ statement: string }[]>(`
    select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as statement
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace union all
    select format('alter table %s enable %s trigger %I', tgrelid::regclass,
      case tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, tgname)
    from pg_trigger join pg_class c on c.oid = tgrelid
    where not tgisinternal and tgenabled <> 'D' and relnamespace = 'public'::regnamespace`);
  const off = await tx.unsafe<{ statement: string }[]>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
  for (const { name } of tables) await tx.unsafe(`alter table ${name} disable trigger user`);
  for (const { statement } of off) await tx.unsafe(statement);
  return back.map(({ statement }) => statement);
}

async function loadTable(
  tx: postgres.TransactionSql,
  { name, columns }: Table,
  path: string,
): Promise<number> {
  let rows = 0;
  let lines: string[] = [];
  let bytes = 0;
  const send = async () => {
    if (lines.length === 0) return;
    const text = `[${lines.join(",")}]`;
    await tx.unsafe(
      `insert into ${name} (${columns}) select ${columns} from json_populate_recordset(null::${name}, $1::text::json)`,
      [text],
    );
    rows += lines.length;
    lines = [];
    bytes = 0;
  };
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: 0 })) {
    lines.push(line);
    bytes += line.length;
    if (lines.length === BATCH || bytes > BATCH_BYTES) await send();
  }
  await send();
  return rows;
}
