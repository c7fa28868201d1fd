import postgres from "postgres";
import { APP_ROLE } from "@/db/connection/client";
import { findCluster } from "@/db/server/cluster";
import { dataDirectory } from "@/db/server/data-directory";
import { startEmbedded } from "@/db/server/embedded";
import { pendingMigrations } from "@/db/server/migrate";
import { type Finding, mind, well, wrong } from "./finding";
import { lookAtHouse } from "./house";

const PATIENCE_S = 10;
const CLOCK_S = 2;
/** A few connections a process for writing and as many for reading, the launcher's and a command's. */
const CONNECTIONS = 40;

/** What the database tells; it is neither migrated nor made. */
export async function lookAtDatabase(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  if (env.DATABASE_URL) return lookAt(env.DATABASE_URL, env);
  if (!findCluster(dataDirectory()))
    return [mind("database", `there is none in ${dataDirectory()} yet`, "`npm start` makes one")];
  try {
    const server = await startEmbedded();
    try {
      return await lookAt(server.url, env);
    } finally {
      await server.stop();
    }
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? ` (${cause.message})` : "";
    return [
      wrong("database", `the built-in server does not come up: ${message}${why}`, "look into that log"),
    ];
  }
}

async function lookAt(url: string, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const sql = connectTo(url);
  try {
    const reached = await reach(sql);
    if (reached.state === "wrong") return [reached];
    const found = [reached, await version(sql), await clock(sql), ...(await settings(sql, url))];
    const tables = await migrations(sql);
    found.push(tables);
    if (tables.state === "well")
      found.push(
        await extensions(sql),
        await rights(sql),
        ...(await login(sql, env)),
        ...(await lookAtHouse(sql, env)),
      );
    if (env.DATABASE_READ_URL) found.push(await replica(env.DATABASE_READ_URL));
    return found;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const connectTo = (url: string) =>
  postgres(url, {
    max: 1,
    connect_timeout: PATIENCE_S,
    onnotice: () => {},
    connection: { application_name: "countersign doctor" },
  });

async function reach(sql: postgres.Sql): Promise<Finding> {
  const began = performance.now();
  try {
    await sql`select 1`;
    await sql`select 1`;
    return well("database", `answers, in ${Math.ceil(performance.now() - began)} ms the first time`);
  } catch (error) {
    const said = (error as Error).message || String((error as { code?: string }).code);
    return wrong(
      "database",
      `does not answer: ${said}`,
      "look at DATABASE_URL, the server and what lies between",
    );
  }
}

async function version(sql: postgres.Sql): Promise<Finding> {
  const [row] =
    await sql`select current_setting('server_version') as name, current_setting('server_version_num')::int as number`;
  return row?.number >= 150_000
    ? well("postgres", `version ${row?.name}`)
    : wrong("postgres", `version ${row?.name} is too old`, "Postgres 15 or later");
}

async function clock(sql: postgres.Sql): Promise<Finding> {
  const before = Date.now();
  const [row] = await sql`select extract(epoch from clock_timestamp())::float8 * 1000 as at`;
  const after = Date.now();
  // The answer came within the question: no clock is further off than it was outside of that.
  const off = Math.max(0, row?.at - after, before - row?.at) / 1_000;
  return off <= CLOCK_S
    ? well("clock", "this machine's and the database's agree")
    : wrong(
        "clock",
        `this machine's is ${off.toFixed(0)} s off the database's`,
        "set both by NTP: links, sessions and deadlines go by them",
      );
}

async function settings(sql: postgres.Sql, url: string): Promise<Finding[]> {
  const [row] = await sql`
    select current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
        and current_setting('synchronous_commit') <> 'off' as durable,
      current_setting('max_connections')::int as connections,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as tls`;
  const { hostname } = new URL(url);
  const isHere = ["localhost", "127.0.0.1", "[::1]", ""].includes(hostname);
  const found = [
    row?.durable
      ? well("durability", "a commit is on the disk before it is acknowledged")
      : wrong(
          "durability",
          "fsync, full_page_writes or synchronous_commit is off",
          "switch them on: what was acknowledged may be lost",
        ),
    row?.connections >= CONNECTIONS
      ? well("connections", `${row?.connections} at most`)
      : mind(
          "connections",
          `${row?.connections} at most`,
          `raise max_connections to ${CONNECTIONS} or more for each app process, or put PgBouncer between`,
        ),
  ];
  if (!isHere)
    found.push(
      row?.tls
        ? well("tls to postgres", "the connection is encrypted")
        : mind(
            "tls to postgres",
            `the connection to ${hostname} is not encrypted`,
            "add ?sslmode=require to DATABASE_URL",
          ),
    );
  return found;
}

async function migrations(sql: postgres.Sql): Promise<Finding> {
  try {
    const pending = await pendingMigrations(sql);
    return pending === 0
      ? well("tables", "those of this version")
      : mind("tables", `${pending} migrations wait`, "back up, then `npm start` runs them");
  } catch (error) {
    return wrong("tables", (error as Error).message, "see Upgrades in docs/operations.md");
  }
}

async function extensions(sql: postgres.Sql): Promise<Finding> {
  const [found] = await sql`select from pg_extension where extname = 'pg_trgm'`;
  return found
    ? well("extensions", "pg_trgm finds words by their letters")
    : mind(
        "extensions",
        "pg_trgm is missing: search reads every deal",
        "as an administrator: create extension pg_trgm",
      );
}

async function rights(sql: postgres.Sql): Promise<Finding> {
  const [row] = await sql`
    select rolsuper or rolcreaterole or rolbypassrls as strong,
      (select count(*)::int from pg_class where relowner = r.oid) as owns,
      (select count(*)::int from pg_trigger t join pg_class c on c.oid = tgrelid
        where not tgisinternal and tgenabled = 'D' and relnamespace = 'public'::regnamespace) as off
    from pg_roles r where rolname = ${APP_ROLE}`;
  const todo =
    "somebody with the owner's rights changed this: look who, and put it back before anything else";
  if (!row)
    return wrong("rights", `there is no role ${APP_ROLE}`, "`npm start` makes it, or its hint says who may");
  if (row.strong || row.owns > 0)
    return wrong(
      "rights",
      `the app's role ${APP_ROLE} may do more than it needs, or owns ${row.owns} things`,
      todo,
    );
  if (row.off > 0) return wrong("rights", `${row.off} of the database's guards are switched off`, todo);
  return well("rights", `the app works as ${APP_ROLE}, which owns nothing; every guard is on`);
}

async function login(
  sql: postgres.Sql,
  { DATABASE_URL, DATABASE_APP_URL }: NodeJS.ProcessEnv,
): Promise<Finding[]> {
  if (!DATABASE_URL) return [];
  if (!DATABASE_APP_URL) {
    const [owner] =
      await sql`select rolcreaterole or rolsuper as may from pg_roles where rolname = current_user`;
    const todo = "set DATABASE_APP_URL to a login that owns nothing (docs/operations.md)";
    return owner?.may
      ? [well("login", "each start makes one for the app that owns nothing, or says why it cannot")]
      : [
          mind(
            "login",
            "the app signs in as the database's owner, whose rights its transactions lay down",
            todo,
          ),
        ];
  }
  const app = connectTo(DATABASE_APP_URL);
  try {
    const [who] = await app`
      select current_user as name, rolsuper or pg_has_role(datdba, 'member') as owner
      from pg_roles r, pg_database where rolname = current_user and datname = current_database()`;
    await app.unsafe(`begin; set local role ${APP_ROLE}; rollback`).simple();
    return who?.owner
      ? [
          wrong(
            "login",
            `DATABASE_APP_URL signs in as ${who?.name}, who owns the database`,
            "name a login that owns nothing",
          ),
        ]
      : [well("login", `the app signs in as ${who?.name}, which owns nothing`)];
  } catch (error) {
    return [
      wrong(
        "login",
        `DATABASE_APP_URL cannot be used: ${(error as Error).message}`,
        `grant ${APP_ROLE} to it`,
      ),
    ];
  } finally {
    await app.end({ timeout: 1 });
  }
}

async function replica(url: string): Promise<Finding> {
  const sql = connectTo(url);
  try {
    const [row] = await sql`
      select pg_is_in_recovery() as follows,
        coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0)::int as behind,
        pg_last_wal_receive_lsn() is distinct from pg_last_wal_replay_lsn() as busy`;
    if (!row?.follows)
      return wrong("replica", "DATABASE_READ_URL is no replica", "name one, or leave it out");
    return row.busy && row.behind > 60
      ? mind(
          "replica",
          `${row.behind} s behind`,
          "queries ask the primary until it is near again; look at what holds it",
        )
      : well("replica", "follows the primary");
  } catch (error) {
    return mind(
      "replica",
      `does not answer: ${(error as Error).message}`,
      "queries ask the primary meanwhile",
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}
