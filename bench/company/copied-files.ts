import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import postgres from "postgres";
import type { Kind } from "@/lib/interchange/kinds";
import { processorOf } from "../processor";
import type { Rows } from "./rows";

/** What files land in, in an order in which each row finds what it names. */
const TABLES = ["imports", "accounts", "partners", "deals", "stage_entries", "role_rows", "activities"];

/** What copying took, on the clock and on processors. */
export interface Copied {
  ms: number;
  busyMs: number;
}

export const fileText = (rows: Rows): Buffer => Buffer.from(stringify(rows, { header: true }));

const pathOf = (name: string) => join(tmpdir(), `countersign-floor-${process.pid}-${name}.csv`);

/** The files as they are, into tables of text without a key or a rule. */
export async function copyBare(url: string, files: readonly [Kind, Rows][]): Promise<Copied> {
  return using(url, async (sql) => {
    for (const [kind, rows] of files) {
      writeFileSync(pathOf(kind), fileText(rows), { mode: 0o644 });
      const columns = Object.keys(rows[0]!).map((name) => `"${name}" text`);
      await sql.unsafe(`create table floor_${kind} (${columns.join(", ")})`);
    }
    const copied = await busy(sql, async () => {
      for (const [kind] of files)
        await sql.unsafe(`copy floor_${kind} from '${pathOf(kind)}' (format csv, header)`);
    });
    for (const [kind] of files) rmSync(pathOf(kind));
    return copied;
  });
}

/**
 * What landed at `url`, into the same tables of another database, with their keys, checks and guards: what a `\copy` of
 * the same rows costs whoever has them in the tables' own columns already.
 */
export async function copyIntoTables(
  url: string,
  inAnother: (work: (url: string) => Promise<Copied>) => Promise<Copied>,
): Promise<Copied> {
  const columns = await using(url, async (sql) => {
    const found = await sql<{ table: string; names: string }[]>`
      select table_name as table, string_agg(format('%I', column_name), ', ' order by ordinal_position) as names
      from information_schema.columns
      where table_schema = 'public' and is_generated = 'NEVER' and table_name in ${sql(TABLES)} group by 1`;
    for (const { table, names } of found)
      await sql.unsafe(
        `copy (select ${names} from ${table}) to program 'cat > ${pathOf(table)}' (format csv)`,
      );
    return new Map(found.map(({ table, names }) => [table, names]));
  });
  return inAnother((other) =>
    using(other, async (sql) => {
      await sql`select set_config(name, 'command-line', false)
        from unnest(array['countersign.actor', 'countersign.request']) name`;
      const copied = await busy(sql, async () => {
        for (const table of TABLES)
          await sql.unsafe(`copy ${table} (${columns.get(table)}) from '${pathOf(table)}' (format csv)`);
      });
      for (const table of TABLES) await sql.unsafe(`copy (select 1) to program 'rm -f ${pathOf(table)}'`);
      return copied;
    }),
  );
}

async function busy(sql: postgres.Sql, work: () => Promise<void>): Promise<Copied> {
  const processor = await processorOf(sql);
  const [from, busyFrom] = [performance.now(), processor?.() ?? 0];
  await work();
  return { ms: performance.now() - from, busyMs: (processor?.() ?? 0) - busyFrom };
}

async function using<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
