import { fileURLToPath } from "node:url";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import postgres from "postgres";
import { installQueue } from "./install-queue";
import { installViews } from "./install-views";

const FOLDER = fileURLToPath(new URL("../migrations", import.meta.url));
const MIGRATIONS_LOCK = 0x6d696772;
const SOMEBODY_WAS_FASTER = "CS001";

/**
 * Brings the database to this version's tables. Every pending migration and the entries that record
 * them go as one simple-protocol message, which Postgres runs as one transaction: half a version
 * cannot come to be, whatever dies meanwhile, and a transaction pooler in between does no harm.
 * Racing callers queue on an advisory lock. The record is the one drizzle-kit keeps. The queue's own schema
 * and the views for BI follow, under the same lock.
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
      const applied = await lastApplied(sql, migrations);
      const pending = migrations.filter((migration) => migration.folderMillis > applied);
      if (pending.length === 0) {
        await installBeside(sql);
        return 0;
      }
      try {
        await sql.unsafe(message(applied, pending)).simple();
        await installBeside(sql);
        return pending.length;
      } catch (error) {
        if ((error as { code?: string }).code !== SOMEBODY_WAS_FASTER) throw error;
      }
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The newest of this version's migrations. */
export const newestMigration = (): MigrationMeta => readMigrationFiles({ migrationsFolder: FOLDER }).at(-1)!;

/** How many of this version's migrations a database still waits for; looks and changes nothing. Errors as `migrate`. */
export async function pendingMigrations(sql: postgres.Sql): Promise<number> {
  const migrations = readMigrationFiles({ migrationsFolder: FOLDER });
  const applied = await lastApplied(sql, migrations);
  return migrations.filter(({ folderMillis }) => folderMillis > applied).length;
}

/** What is made from this version's code and not by migrations: the queue's schema, and the views for BI. */
async function installBeside(sql: postgres.Sql): Promise<void> {
  await installQueue(sql, MIGRATIONS_LOCK);
  await installViews(sql, MIGRATIONS_LOCK);
}

/**
 * Milliseconds since the epoch of the newest migration in the database, -1 for a new one. Refuses a database
 * that somebody else's migrations made: those before 0.1.0 were written anew in two.
 */
async function lastApplied(sql: postgres.Sql, known: readonly MigrationMeta[]): Promise<number> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (!table?.there) return -1;
  const rows = await sql<{ millis: string; hash: string }[]>`
    select created_at::text as millis, hash from drizzle.__drizzle_migrations order by created_at`;
  // By what it says, not by when it was made: a migration that was written anew is another one.
  const ours = new Map(known.map(({ folderMillis, hash }) => [String(folderMillis), hash]));
  const strange = rows.find(({ millis, hash }) => ours.get(millis) !== hash);
  if (strange) throw new Error(isNewer(strange, known) ? OF_A_LATER_VERSION : OF_ANOTHER_VERSION);
  return Number(rows.at(-1)?.millis ?? -1);
}

/** Ours are all there and more besides: `strange` is the first that we do not know, in their order. */
function isNewer(strange: { millis: string }, known: readonly MigrationMeta[]): boolean {
  return known.every(({ folderMillis }) => folderMillis < Number(strange.millis));
}

const OF_A_LATER_VERSION =
  "this database was brought to a later version than this one, and tables do not go back: start that version, or restore the backup made before the upgrade";

const OF_ANOTHER_VERSION =
  "this database was made by another version, whose tables cannot be changed into these: start with an empty one (another DATA_DIR or DATABASE_URL) and import your files again, `npm run import -- FOLDER`";

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
