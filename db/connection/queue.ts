import PgBoss from "pg-boss";
import { QUEUE_SCHEMA } from "../queues";
import { APP_ROLE, type Client, send } from "./client";

const STATEMENT_TIMEOUT_MS = 30_000;
const HOUR_S = 3_600;

/**
 * The queue over the house's own connections (docs/decisions/0011): each statement is a transaction of its own as the
 * application's role, so that it works through a transaction pooler and owns nothing. Whoever starts it stops it.
 */
export function queueOver(client: Client): PgBoss {
  return new PgBoss({
    schema: QUEUE_SCHEMA,
    db: { executeSql: (text, values) => execute(client, text, values) },
    // Tables are the launcher's to make, and times are kept by the jobs themselves (lib/jobs/relay.ts).
    migrate: false,
    schedule: false,
    maintenanceIntervalSeconds: 60,
    // What was done goes after a quarter of a day, so that a table of turns by the second stays small.
    archiveCompletedAfterSeconds: 6 * HOUR_S,
    archiveFailedAfterSeconds: 7 * 24 * HOUR_S,
    deleteAfterDays: 7,
  });
}

async function execute(client: Client, text: string, values: unknown[] = []): Promise<{ rows: unknown[] }> {
  const deadline = performance.now() + STATEMENT_TIMEOUT_MS;
  const connection = await client.writers.take(deadline);
  try {
    const rows = await connection.run((sql) => {
      // Pipelined: whatever fails in between, the commit then rolls back.
      sql.unsafe(`begin; set local role ${APP_ROLE}`).catch(() => {});
      const answer = Promise.resolve(send(sql, text, values.map(written), undefined, false));
      return Promise.allSettled([answer, sql.unsafe("commit")]).then(() => answer);
    }, deadline);
    return { rows: rows as unknown[] };
  } finally {
    client.writers.give(connection);
  }
}

/**
 * What is asked of the queue through `db` happens as a whole or not at all.
 *
 * @throws what `work` or the database throws; nothing has happened then
 */
export async function asOne<T>(client: Client, work: (db: PgBoss.Db) => Promise<T>): Promise<T> {
  const deadline = performance.now() + STATEMENT_TIMEOUT_MS;
  const connection = await client.writers.take(deadline);
  try {
    await connection.run((sql) => sql.unsafe(`begin; set local role ${APP_ROLE}`), deadline);
    const result = await work({
      async executeSql(text, values) {
        const rows = await connection.run(
          (sql) => send(sql, text, values.map(written), undefined, false),
          deadline,
        );
        return { rows: rows as unknown[] };
      },
    });
    await connection.run((sql) => sql.unsafe("commit"), deadline);
    return result;
  } catch (error) {
    // Its transaction goes with it.
    connection.discard();
    throw error;
  } finally {
    client.writers.give(connection);
  }
}

/** The connections leave JSON to whoever asks; days come as text. */
function written(value: unknown): never {
  if (value === undefined) return null as never;
  const isDocument = typeof value === "object" && value !== null && !Array.isArray(value);
  return (isDocument ? JSON.stringify(value) : value) as never;
}
