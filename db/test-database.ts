import { createHash, randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";

/** The address of the template that db/test-server.ts makes; `test-database` clones it. */
declare module "vitest" {
  interface ProvidedContext {
    templateUrl: string;
  }
}

/**
 * A migrated, otherwise empty database of its own, on the run's throwaway server. For `*.db.test.ts`
 * files only: call it once in `beforeAll`. It vanishes with the server at the end of the run.
 *
 * @returns the address of the role that owns it
 */
export async function testDatabase(): Promise<{ url: string }> {
  return onServer((sql) => copyOf(sql, new URL(inject("templateUrl")).pathname.slice(1)));
}

/**
 * The same with what `fill` puts into it, which is done once a run, whichever test file is the first to ask.
 *
 * @param name what it is filled with, the same for everybody who wants the same
 * @param fill has closed its connections when it is done
 * @returns the address of a copy
 */
export async function filledDatabase(
  name: string,
  fill: (url: string) => Promise<void>,
): Promise<{ url: string }> {
  const filled = `filled_${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
  return onServer(async (sql) => {
    await sql`select pg_advisory_lock(hashtext(${filled}))`;
    const [there] = await sql`select 1 from pg_database where datname = ${filled}`;
    if (!there) {
      const { url } = await testDatabase();
      await fill(url);
      await sql`alter database ${sql(new URL(url).pathname.slice(1))} rename to ${sql(filled)}`;
    }
    return copyOf(sql, filled);
  });
}

async function onServer<T>(run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(addressOf("postgres"), { max: 1, onnotice: () => {} });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

function addressOf(database: string): string {
  const url = new URL(inject("templateUrl"));
  url.pathname = `/${database}`;
  return url.href;
}

async function copyOf(sql: postgres.Sql, template: string): Promise<{ url: string }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await sql`create database ${sql(name)} template ${sql(template)}`;
  return { url: addressOf(name) };
}
