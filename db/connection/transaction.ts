import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { isRefusal, refusalIn } from "@/lib/errors";
import { APP_ROLE, type Client, type Db, drizzleOver, send } from "./client";
import { type Connection, type Pool, unavailable } from "./pool";
import { OWN_POSITION } from "./positions";

declare const guarded: unique symbol;

/** Drizzle inside a guarded transaction: what may write. Useless once the transaction has ended. */
export type Tx = Db & { readonly [guarded]: true };

/** Who writes, and for which request: the database refuses a write without them. */
export interface TransactionContext {
  /** As the audit log names it: `user:U-1`. */
  actor: string;
  request: string;
  /** For the whole of it, retries included. 30 seconds unless told. */
  timeoutMs?: number;
  /** Runs `work` again, three times at most, when the database says it lost a race or its connection. */
  retry?: boolean;
  /** Over one snapshot, and rolled back whatever happens: nothing of it is ever written. */
  rehearsal?: boolean;
}

const TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;
/** How long a server is waited for that does not let us begin, as one that recovers from a crash. */
const OPENING_MS = 4_000;
/** How long anybody is kept waiting to hear what became of a commit whose answer was lost. */
const FIND_OUT_MS = 10_000;
/** None for the first few tries, then more with each: a pool may be full of connections that died together. */
const OPENING_PAUSES_MS = [0, 0, 0, 0, 20, 50, 100, 200];
const LONGEST_PAUSE_MS = 500;

/**
 * Runs `work` in a transaction that cannot be half done, nor acknowledged and lost, whatever dies
 * (architecture.md "The guarded transaction"). The connection is held by this transaction alone. Its
 * random id goes in with `begin` and must still be there in the message that commits; so a commit can
 * only follow its own writes. When the answer to a commit is lost, the server is asked what became of it.
 *
 * @throws Refusal `unavailable` when the database does not answer in time: nothing was written, or, where
 *   the rule says so, nobody can tell. Errors of the database and of `work` come through as they are.
 */
export async function guardedTransaction<T>(
  client: Client,
  context: TransactionContext,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + (context.timeoutMs ?? TIMEOUT_MS);
  for (let attempt = 1; ; attempt++) {
    const open = await begin(client.writers, context, deadline);
    try {
      const result = await carryOut(client, open, work, { deadline, rehearsal: context.rehearsal });
      if (open.position) client.committed?.(context.actor, BigInt(open.position));
      return result;
    } catch (error) {
      const again = context.retry && attempt < ATTEMPTS && performance.now() < deadline;
      if (!again || !(isLostRace(error) || wasLostBeforeCommit(open))) throw error;
      await pause(Math.random() * 20 * attempt);
    } finally {
      client.writers.give(open.connection);
    }
  }
}

interface Open {
  connection: Connection;
  /** Random; in the session's settings until the transaction ends. */
  id: string;
  /** The server's number for the transaction, and the start of the server that gave it. */
  xid: string;
  serverStart: string;
  state: "open" | "committing" | "ended";
  /** Where its commit lies in the write-ahead log, once that is known and somebody wants to know. */
  position?: string;
}

/** A transaction begun. A connection that turns out dead, or no server yet, has written nothing: again, please. */
async function begin(pool: Pool, context: TransactionContext, deadline: number): Promise<Open> {
  const patience = Math.min(deadline, performance.now() + OPENING_MS);
  for (let opening = 0; ; opening++) {
    try {
      return await beginOn(await pool.take(deadline), pool, context, deadline);
    } catch (error) {
      const wait = OPENING_PAUSES_MS[opening] ?? LONGEST_PAUSE_MS;
      if (!isRefusal(error) || performance.now() + wait >= patience) throw error;
      await pause(wait);
    }
  }
}

async function beginOn(
  connection: Connection,
  pool: Pool,
  context: TransactionContext,
  deadline: number,
): Promise<Open> {
  const id = randomUUID();
  // The server's own limits, for when nobody is left here to end it; ours come first.
  const milliseconds = Math.max(0, deadline - performance.now()) + 1_000;
  try {
    const rows = await connection.run(
      (sql) =>
        sql.unsafe(`begin${context.rehearsal ? " isolation level repeatable read" : ""}; select
          set_config('countersign.actor', ${literal(context.actor)}, true),
          set_config('countersign.request', ${literal(context.request)}, true),
          set_config('countersign.transaction', '${id}', true),
          set_config('role', '${APP_ROLE}', true),
          set_config('jit', 'off', true),
          set_config('statement_timeout', '${milliseconds}', true),
          set_config('idle_in_transaction_session_timeout', '${milliseconds}', true),
          pg_current_xact_id()::text as xid, pg_postmaster_start_time()::text as started`),
      deadline,
    );
    const [row] = rows.at(-1) as unknown as [{ xid: string; started: string }];
    return { connection, id, xid: row.xid, serverStart: row.started, state: "open" };
  } catch (error) {
    connection.discard();
    pool.give(connection);
    throw error;
  }
}

async function carryOut<T>(
  client: Client,
  open: Open,
  work: (tx: Tx) => Promise<T>,
  { deadline, rehearsal }: { deadline: number; rehearsal?: boolean },
): Promise<T> {
  const tx = drizzleOver((text, parameters, options, asValues) => {
    if (open.state !== "open") throw new Error("this transaction has ended");
    return open.connection.run((sql) => send(sql, text, parameters, options, asValues), deadline);
  }) as Tx;
  let result: T;
  try {
    result = await beforeDeadline(work(tx), deadline);
  } catch (error) {
    open.state = "ended";
    await rollback(open);
    // Drizzle wraps a refusal of the connection as the cause of an error of its own.
    throw refusalIn(error) ?? error;
  }
  if (rehearsal) {
    open.state = "ended";
    await rollback(open);
    return result;
  }
  open.state = "committing";
  await commit(client, open, deadline);
  open.state = "ended";
  return result;
}

/** What `work` waits for besides the database must end as well. */
async function beforeDeadline<T>(work: Promise<T>, deadline: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable("the write took too long")), deadline - performance.now());
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

interface Ended {
  command: string;
}

/** Asserts and commits in one simple-protocol message: when the assertion fails, nothing after it runs. */
async function commit(client: Client, open: Open, deadline: number): Promise<void> {
  const message = `do $$ begin
      if current_setting('countersign.transaction', true) is distinct from '${open.id}' then
        raise exception 'this is not the transaction that made the writes' using errcode = 'CS105';
      end if;
    end $$; commit${client.committed ? `; select ${OWN_POSITION} as position` : ""}`;
  try {
    const answer: unknown = await open.connection.run((sql) => sql.unsafe(message), deadline);
    // With the select behind it the message has two answers.
    const [{ command }, place] = (client.committed ? answer : [answer, []]) as [
      Ended,
      { position?: string }[],
    ];
    open.position = place[0]?.position;
    if (command !== "COMMIT") throw new Error(`the database answered ${command} to a commit`);
  } catch (error) {
    if (!open.connection.lost) {
      open.state = "ended";
      await rollback(open);
      throw error;
    }
    const now = performance.now();
    await findOut(client.writers, open, Math.min(Math.max(deadline, now + 2_000), now + FIND_OUT_MS));
  }
}

/** The connection is ours alone, so this can end no other transaction; a lost one has rolled back itself. */
async function rollback(open: Open): Promise<void> {
  if (open.connection.lost) return;
  try {
    await open.connection.run((sql) => sql.unsafe("rollback"), performance.now() + 5_000);
  } catch {
    open.connection.discard();
  }
}

/** The answer to the commit was lost: returns when it was committed, refuses when it was not. */
async function findOut(pool: Pool, open: Open, deadline: number): Promise<void> {
  for (;;) {
    const status = await askStatus(pool, open, deadline);
    if (status === "committed") return;
    if (status === "aborted") {
      open.state = "open";
      throw unavailable("the connection to the database was lost; nothing was written");
    }
    if (status === "unknown" || performance.now() >= deadline) {
      throw unavailable("the database was lost while it saved; look whether the change is there");
    }
    await pause(20);
  }
}

async function askStatus(pool: Pool, open: Open, deadline: number): Promise<string> {
  const connection = await pool.take(deadline).catch(() => null);
  if (!connection) return "in progress";
  try {
    const [row] = await connection.run(
      (sql) => sql<{ started: string; status: string | null; position: string }[]>`
        select pg_postmaster_start_time()::text as started, pg_xact_status(${open.xid}::xid8) as status,
          ${sql.unsafe(OWN_POSITION)} as position`,
      deadline,
    );
    open.position = row?.position;
    // Another server, or one that started again, may have given the number to somebody else.
    return row?.started === open.serverStart ? (row.status ?? "unknown") : "unknown";
  } catch (error) {
    return connection.lost || isRefusal(error) ? "in progress" : "unknown";
  } finally {
    pool.give(connection);
  }
}

/** Serialization failures and deadlocks: the database asks to do it again. */
function isLostRace(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (code === "40001" || code === "40P01") return true;
  }
  return false;
}

function wasLostBeforeCommit(open: Open): boolean {
  return open.connection.lost && open.state !== "committing";
}

function literal(text: string): string {
  if (text === "" || text.includes("\0")) throw new RangeError("an actor and a request have a name");
  return `'${text.replaceAll("'", "''")}'`;
}
