import { randomBytes } from "node:crypto";
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
  const template = new URL(inject("templateUrl"));
  const name = `test_${randomBytes(6).toString("hex")}`;
  const server = new URL(template);
  server.pathname = "/postgres";
  const sql = postgres(server.href, { max: 1, onnotice: () => {} });
  try {
    await sql`create database ${sql(name)} template ${sql(template.pathname.slice(1))}`;
  } finally {
    await sql.end();
  }
  const url = new URL(template);
  url.pathname = `/${name}`;
  return { url: url.href };
}
