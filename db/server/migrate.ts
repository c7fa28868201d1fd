import { fileURLToPath } from "node:url";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import postgres from "postgres";

const FOLDER = fileURLToPath(new URL("../migrations", import.meta.url));
const MIGRATIONS_LOCK = 0x6d696772;
const SOMEBODY_WAS_FASTER = "CS001";

/**
 * Brings the database to this version's tables. Every pending migration and the entries that record
 * them go as one simple-protocol message, which Postgres runs as one transaction: half a version
 * cannot come to be, whatever dies meanwhile, and a transaction pooler in between does no harm.
 * Racing callers queue on an advisory lock. The record is the one drizzle-kit keeps.
 *
 * @param ownerUrl address with a role that owns the database, or may create in it
 * @returns the number of migrations applied
 */
export async function migrate(ownerUrl: string): Promise<number> {
  const migrations: MigrationMeta[] = readMigrationFiles({ migrationsFolder: FOLDER });
  const sql = postgres(ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "countersign migrate" },
  });
  try {
    for (;;) {
      const applied = await lastApplied(sql);
      const pending = migrations.filter((migration) => migration.folderMillis > applied);
      if (pending.length === 0) return 0;
      try {
        await sql.unsafe(message(applied, pending)).simple();
        return pending.length;
      } catch (error) {
        if ((error as { code?: string }).code !== SOMEBODY_WAS_FASTER) throw error;
      }
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Milliseconds since the epoch of the newest migration in the database, -1 for a new one. */
async function lastApplied(sql: postgres.Sql): Promise<number> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (!table?.there) return -1;
  const [last] = await sql`select max(created_at)::text as millis from drizzle.__drizzle_migrations`;
  return Number(last?.millis ?? -1);
}

function message(applied: number, pending: MigrationMeta[]): string {
  const begin = `
    select pg_advisory_xact_lock(${MIGRATIONS_LOCK});
    create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations
      (id serial primary key, hash text not null, created_at bigint);
    do $$ begin
      if (select coalesce(max(created_at), -1) from drizzle.__drizzle_migrations) <> ${applied} then
        raise exception 'another process migrated meanwhile' using errcode = '${SOMEBODY_WAS_FASTER}';
      end if;
    end $$;`;
  const steps = pending.map(
    ({ sql: statements, hash, folderMillis }) => `${statements.join(";\n")};
    insert into drizzle.__drizzle_migrations (hash, created_at) values ('${hash}', ${folderMillis});`,
  );
  return [begin, ...steps].join("\n");
}
