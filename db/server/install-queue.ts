import PgBoss from "pg-boss";
import type postgres from "postgres";
import { QUEUE_SCHEMA, QUEUES } from "../queues";

/** The role that the guards make (db/migrations); the app works as it. */
const APP_ROLE = "countersign_app";
/** Shared with the migrations: of racing starts one makes the schema, the others find it. */
const SOMEBODY_WAS_FASTER = "CS001";

/**
 * Brings the queue's own schema to the version of the package, and its queues to those of this version
 * (docs/decisions/0011). One message, so one transaction, under the migrations' lock; the app's role may use
 * what is there and make nothing.
 *
 * @param lock the advisory lock under which the database is changed
 * @throws Error when the schema was made by a later version of the package
 */
export async function installQueue(sql: postgres.Sql, lock: number): Promise<void> {
  for (;;) {
    const version = await installedVersion(sql);
    try {
      await sql.unsafe(message(version, lock)).simple();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== SOMEBODY_WAS_FASTER) throw error;
    }
  }
}

async function installedVersion(sql: postgres.Sql): Promise<number | null> {
  const [table] = await sql`select to_regclass(${`${QUEUE_SCHEMA}.version`}) is not null as there`;
  if (!table?.there) return null;
  const [row] = await sql<{ version: number }[]>`select version from ${sql(QUEUE_SCHEMA)}.version`;
  return row?.version ?? null;
}

/** The package's own statements, which come with a transaction around them; ours is the message. */
const inOurs = (plans: string) => plans.replace(/^\s*BEGIN;/, "").replace(/COMMIT;\s*$/, "");

/** The version that the package's statements end at. */
const WANTED = Number(/version\(version\) VALUES \('(\d+)'\)/.exec(PgBoss.getConstructionPlans())?.[1]);

function message(version: number | null, lock: number): string {
  if (version !== null && version > WANTED)
    throw new Error(
      `the queue in this database is of a later version (${version}; this one knows ${WANTED})`,
    );
  const plans =
    version === null
      ? PgBoss.getConstructionPlans(QUEUE_SCHEMA)
      : version < WANTED
        ? PgBoss.getMigrationPlans(QUEUE_SCHEMA, version as unknown as string)
        : "";
  const queues = Object.entries(QUEUES).map(([name, how]) => {
    const options = JSON.stringify({ policy: "short", ...how });
    return `select ${QUEUE_SCHEMA}.create_queue('${name}', '${options}');`;
  });
  return `
    select pg_advisory_xact_lock(${lock});
    do $$ begin
      if (to_regclass('${QUEUE_SCHEMA}.version') is not null) is distinct from ${version !== null} then
        raise exception 'another process made the queue meanwhile' using errcode = '${SOMEBODY_WAS_FASTER}';
      end if;
    end $$;
    ${inOurs(plans)}
    ${queues.join("\n")}
    grant usage on schema ${QUEUE_SCHEMA} to ${APP_ROLE};
    grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${APP_ROLE};`;
}
