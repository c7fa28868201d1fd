import { setTimeout as pause } from "node:timers/promises";
import { makePgArray } from "drizzle-orm/pg-core/utils";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { isRefusal } from "@/lib/errors";
import * as audit from "../schema/audit";
import * as deals from "../schema/deals";
import * as facts from "../schema/facts";
import * as finance from "../schema/finance";
import * as imports from "../schema/imports";
import * as outcomes from "../schema/outcomes";
import * as partners from "../schema/partners";
import * as people from "../schema/people";
import * as settings from "../schema/settings";
import { perProcess } from "./per-process";
import { type Connection, Pool } from "./pool";
import { notePosition, type Position } from "./positions";

const schema = {
  ...audit,
  ...deals,
  ...facts,
  ...finance,
  ...imports,
  ...outcomes,
  ...partners,
  ...people,
  ...settings,
};

/** Drizzle over the schema. Its own `transaction()` is out of reach: see db/connection/transaction.ts. */
export type Db = Omit<PostgresJsDatabase<typeof schema>, "transaction" | "$client">;

/** A database to ask, and to write to through `guardedTransaction`. */
export interface Client {
  /** For reading only: read-only sessions of the role countersign_app. Each statement takes a connection. */
  readonly db: Db;
  /** One statement of a reader, as `db` sends it. */
  readonly read: Run;
  /** Connections for guarded transactions. */
  readonly writers: Pool;
  /** Those that `db` and `read` take one of for each statement. */
  readonly readers: Pool;
  /** Told of each commit: who wrote, and where it lies. Absent where nobody reads from elsewhere. */
  readonly committed?: (who: string, position: Position) => void;
  close(): Promise<void>;
}

/** The role that the application works as; it owns nothing (db/migrations, `guards`). */
export const APP_ROLE = "countersign_app";
const READ_TIMEOUT_MS = 60_000;
/**
 * How a reader's statements are planned: each brings a page or a count, over indexes that are in memory or on
 * a disk without a head. Compiling them would take longer than they do.
 */
const PLANS = "set jit = off; set random_page_cost = 1.1";

/** A server that recovers needs a second or three. */
const PATIENT = [50, 150, 400, 800, 1_600];
/** For a server beside which another stands. */
export const AT_ONCE = [0];

export interface ConnectOptions {
  max?: number;
  committed?: Client["committed"];
  /** How long a read waits before each of its next tries when it did not reach the database, in ms. */
  againMs?: readonly number[];
}

/**
 * Connects to a Postgres ≥ 15, directly or through a transaction pooler; lazily, on first use.
 *
 * @param options.max connections for writes, and as many for reads
 */
export function connect(
  url: string,
  { max = 10, committed, againMs = PATIENT }: ConnectOptions = {},
): Client {
  const writers = new Pool(url, max);
  const readers = new Pool(url, max, makeReader);
  const run: Run = (...statement) => read(readers, statement, againMs);
  return {
    db: drizzleOver(run),
    read: run,
    writers,
    readers,
    committed,
    async close() {
      await Promise.all([writers.close(), readers.close()]);
    },
  };
}

/** Restricts a session to reading as the application's role, unless a pooler shares it with strangers. */
async function makeReader(connection: Connection): Promise<void> {
  const deadline = performance.now() + READ_TIMEOUT_MS;
  const rows = await connection.run((sql) => sql`select pg_backend_pid() as pid`, deadline);
  // A pooler tells its clients a process id of its own making.
  connection.pooled = rows[0]?.pid !== (rows as unknown as { state: { pid: number } }).state.pid;
  if (connection.pooled) return;
  await connection.run(
    (sql) =>
      sql.unsafe(`set role ${APP_ROLE}; set default_transaction_read_only = on;
        set statement_timeout = ${READ_TIMEOUT_MS}; ${PLANS}`),
    deadline,
  );
}

/** A read harms nobody twice: one that did not reach the database is asked again, on another connection. */
async function read(pool: Pool, statement: Statement, againMs: readonly number[]): Promise<unknown> {
  const deadline = performance.now() + READ_TIMEOUT_MS;
  for (let attempt = 0; ; attempt++) {
    try {
      return await readOnce(pool, statement, deadline);
    } catch (error) {
      const wait = againMs[attempt];
      if (!isRefusal(error) || wait === undefined || performance.now() + wait >= deadline) throw error;
      await pause(wait);
    }
  }
}

async function readOnce(pool: Pool, statement: Statement, deadline: number): Promise<unknown> {
  const connection = await pool.take(deadline);
  try {
    return await connection.run((sql) => {
      if (!connection.pooled) return send(sql, ...statement);
      // Pipelined: one round trip more than the statement alone at most.
      sql.unsafe(`begin read only; set local role ${APP_ROLE}`).catch(() => {});
      const answer = send(sql, ...statement);
      return Promise.allSettled([answer, sql.unsafe("commit")]).then(() => answer);
    }, deadline);
  } finally {
    pool.give(connection);
  }
}

/** A way to run one statement. */
export type Run = (...statement: Statement) => Promise<unknown>;

type Statement = [
  text: string,
  parameters: postgres.ParameterOrJSON<never>[],
  options: postgres.UnsafeQueryOptions | undefined,
  asValues: boolean,
];

/** Sends one statement as drizzle words it; `asValues` asks for rows as arrays. */
export function send(
  sql: postgres.Sql,
  text: string,
  parameters: postgres.ParameterOrJSON<never>[],
  options: postgres.UnsafeQueryOptions | undefined,
  asValues: boolean,
): PromiseLike<unknown> {
  // The driver writes only arrays whose type it knows; as text, Postgres reads those of enums too.
  const written = parameters.map((value) => (Array.isArray(value) ? makePgArray(value) : value));
  const query = sql.unsafe(text, written, options);
  return asValues ? query.values() : query;
}

/**
 * Drizzle over a way to run one statement. It is given nothing else of the driver, so that neither
 * `begin` nor a second connection can be reached through it, at run time either.
 */
export function drizzleOver(run: Run): Db {
  const client = {
    // Drizzle overwrites some of these to its taste; each connection's own are overwritten in db/connection/pool.ts.
    options: { parsers: {}, serializers: {} },
    unsafe(
      text: string,
      parameters: postgres.ParameterOrJSON<never>[],
      options?: postgres.UnsafeQueryOptions,
    ) {
      let asValues = false;
      const answer = Promise.resolve().then(() => run(text, parameters, options, asValues));
      return Object.assign(answer, {
        values() {
          asValues = true;
          return answer;
        },
      });
    },
  };
  return drizzle({ client: client as unknown as postgres.Sql, schema });
}

interface Shared {
  url: string;
  client: Client;
}

/** One client per purpose and process; another address replaces it. */
const sharedClients = () => perProcess("clients", () => new Map<string, Shared>());

function sharedClient(purpose: string, url: string, options: ConnectOptions = {}): Client {
  const known = sharedClients().get(purpose);
  if (known?.url === url) return known.client;
  void known?.client.close();
  const client = connect(url, options);
  sharedClients().set(purpose, { url, client });
  return client;
}

function addressOf(variable: string): string | undefined {
  return process.env[variable] || undefined;
}

/** The process's client for `DATABASE_URL`, which the launcher sets; throws when it is missing. */
export function database(): Client {
  const url = addressOf("DATABASE_URL");
  if (!url) throw new Error("DATABASE_URL is not set: start with `npm start`, which brings a database");
  return sharedClient("write", url, addressOf("DATABASE_READ_URL") ? { committed: notePosition } : {});
}

/** The process's client for `DATABASE_READ_URL`, a replica; null where there is none. */
export function replicaDatabase(): Client | null {
  const url = addressOf("DATABASE_READ_URL");
  return url ? sharedClient("read", url, { againMs: AT_ONCE }) : null;
}

/** Closes what `database()` and `replicaDatabase()` opened, for scripts that end. */
export async function closeDatabases(): Promise<void> {
  const open = [...sharedClients().values()];
  sharedClients().clear();
  await Promise.all(open.map(({ client }) => client.close()));
}

/**
 * Keeps the process alive through the one kind of exception that driver 3.4.9 throws from a bare callback:
 * a write or an event on the socket of a connection that just died. Its callers were told already
 * (db/connection/pool.ts). Anything else ends the process as it would have without this.
 */
export function surviveDriverFaults(report: (error: unknown) => void = () => {}): void {
  perProcess("survives", () =>
    process.on("uncaughtException", (error) => {
      if (isDriverFault(error)) return report(error);
      // Somebody else's handler, when there is one, decides about somebody else's error.
      if (process.listenerCount("uncaughtException") > 1) return;
      console.error(error);
      process.exit(1);
    }),
  );
}

const FROM_DRIVER =
  /[\\/]node_modules[\\/]postgres[\\/]|\bat (Immediate|Timeout)?\.?_?(nextWrite|connectTimedOut)\b/;
const SOCKET_WORDS =
  /null \(reading '(write|removeListener|destroy|once|readyState)'\)|^(write )?(CONNECTION|CONNECT|ECONN|EPIPE)/;

function isDriverFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return FROM_DRIVER.test(error.stack ?? "") && SOCKET_WORDS.test(error.message);
}
