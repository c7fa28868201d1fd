import { parsePgArray } from "drizzle-orm/pg-core/utils";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { isRefusal, Refusal } from "@/lib/errors";

/**
 * A pool of single connections. The driver's own pool (3.4.9) reuses the object of a connection whose
 * backend died: its leftovers reject, swallow or hang later requests. So each connection here is a
 * driver client of its own, held by one caller at a time, and thrown away whole at its first fault.
 */
export class Pool {
  readonly #url: string;
  readonly #max: number;
  readonly #prepare: (connection: Connection) => Promise<void>;
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #waiting: Waiter[] = [];
  readonly #sweeper: NodeJS.Timeout;
  #closed = false;

  /** `prepare` runs once on each new connection, before its first use. */
  constructor(url: string, max: number, prepare: (connection: Connection) => Promise<void> = async () => {}) {
    this.#url = url;
    this.#max = max;
    this.#prepare = prepare;
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  /** Lends a live connection; give it back with `give`. Refuses as `unavailable` after `deadline` (of `performance.now()`, which no clock jumps). */
  async take(deadline: number): Promise<Connection> {
    if (this.#closed) throw unavailable("the connections are closed");
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) if (!idle.lost) return idle;
    if (this.#all.size < this.#max) return this.#open(deadline);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        deadline,
        resolve,
        reject,
        timer: setTimeout(() => {
          this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
          reject(unavailable("every connection to the database is in use"));
        }, deadline - performance.now()),
      };
      this.#waiting.push(waiter);
    });
  }

  /** Takes a lent connection back. A lost or old one is replaced when somebody needs it. */
  give(connection: Connection): void {
    if (connection.lost) return;
    if (this.#closed || performance.now() - connection.openedAt > LIFETIME_MS) {
      connection.discard();
      return;
    }
    const waiter = this.#waiting.shift();
    if (!waiter) {
      connection.idleSince = performance.now();
      this.#idle.push(connection);
      return;
    }
    clearTimeout(waiter.timer);
    waiter.resolve(connection);
  }

  /** How busy it is: connections that are lent, idle ones, and who waits for one. */
  get load(): { lent: number; idle: number; waiting: number } {
    const idle = this.#idle.length;
    return { lent: this.#all.size - idle, idle, waiting: this.#waiting.length };
  }

  /** Ends every connection; what is still running on them is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeper);
    for (const waiter of this.#waiting.splice(0)) {
      clearTimeout(waiter.timer);
      waiter.reject(unavailable("the connections are closed"));
    }
    const open = [...this.#all];
    for (const connection of open) connection.discard();
    await Promise.all(open.map(({ ended }) => ended));
  }

  async #open(deadline: number): Promise<Connection> {
    const connection = new Connection(this.#url, () => this.#forget(connection));
    this.#all.add(connection);
    try {
      await this.#prepare(connection);
      return connection;
    } catch (error) {
      connection.discard();
      if (isRefusal(error) || performance.now() >= deadline) throw error;
      throw isSocketFault(error) ? unavailable("the database cannot be reached", error) : error;
    }
  }

  #forget(connection: Connection): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    const waiter = this.#closed ? undefined : this.#waiting.shift();
    if (!waiter) return;
    clearTimeout(waiter.timer);
    this.#open(waiter.deadline).then(waiter.resolve, waiter.reject);
  }

  #sweep(): void {
    const before = performance.now() - IDLE_MS;
    for (const connection of this.#idle.filter(({ idleSince }) => idleSince < before)) connection.discard();
  }
}

interface Waiter {
  deadline: number;
  timer: NodeJS.Timeout;
  resolve(connection: Connection): void;
  reject(error: unknown): void;
}

const SWEEP_MS = 15_000;
const IDLE_MS = 60_000;
const LIFETIME_MS = 30 * 60_000;

const serialize = (value: string) => value;
const parse = (text: string) => parsePgArray(text);
const parseNumbers = (text: string) => (parsePgArray(text) as string[]).map(Number);

/** How arrays are read, by their fixed type numbers. Others, as those of enums, come as text: cast them to `text[]`. */
const ARRAY_TYPES = {
  text: { to: 1009, from: [1009, 1015], serialize, parse },
  integer: { to: 1007, from: [1005, 1007], serialize, parse: parseNumbers },
  bigint: { to: 1016, from: [1016], serialize, parse },
} as const;

/** One connection to Postgres, for one caller at a time. After a fault it is `lost` and refuses all. */
export class Connection {
  readonly sql: postgres.Sql;
  readonly openedAt = performance.now();
  idleSince = 0;
  /** Fulfilled when the socket has been let go of, after `discard`. */
  ended: Promise<void> = Promise.resolve();
  /** Whether a transaction pooler stands between: then nothing may be set for longer than a transaction. */
  pooled = false;
  #lost = false;
  #onLost: (() => void)[];

  constructor(url: string, onLost: () => void) {
    this.#onLost = [onLost];
    this.sql = postgres(url, {
      max: 1,
      idle_timeout: null,
      max_lifetime: null,
      connect_timeout: 10,
      prepare: false,
      // The driver asks for the array types itself in a query that nobody can catch: the usual are told instead.
      fetch_types: false,
      types: ARRAY_TYPES,
      onnotice: () => {},
      onclose: () => this.discard(),
      connection: { application_name: "countersign" },
    } as unknown as postgres.Options<Record<string, never>>);
    // Has the driver leave dates and JSON to drizzle, which it does to the client it is given.
    drizzle({ client: this.sql });
  }

  get lost(): boolean {
    return this.#lost;
  }

  /**
   * Runs one message and waits for its answer, its loss or the deadline (of `performance.now()`, which no clock jumps), whichever is first.
   * Without an answer the connection is lost and the refusal is `unavailable`.
   */
  async run<T>(send: (sql: postgres.Sql) => PromiseLike<T>, deadline: number): Promise<T> {
    if (this.#lost) throw unavailable("the connection to the database was lost");
    let stop = () => {};
    const interrupted = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => {
        reject(unavailable("the database did not answer in time"));
        this.discard();
      }, deadline - performance.now());
      const onLost = () => reject(unavailable("the connection to the database was lost"));
      this.#onLost.push(onLost);
      stop = () => {
        clearTimeout(timer);
        this.#onLost.splice(this.#onLost.indexOf(onLost), 1);
      };
    });
    try {
      return await Promise.race([interrupted, Promise.resolve(send(this.sql))]);
    } catch (error) {
      const lacking = lackingIn(error);
      if (lacking) throw unavailable(lacking, error);
      if (!isSocketFault(error)) throw error;
      this.discard();
      throw unavailable("the connection to the database was lost", error);
    } finally {
      stop();
    }
  }

  /** Lets go of it for good, whatever state it is in. */
  discard(): void {
    if (this.#lost) return;
    this.#lost = true;
    for (const tell of [...this.#onLost]) tell();
    this.ended = this.sql.end({ timeout: 0 }).catch(() => {});
  }
}

/** Whether the driver says that it lost the server, rather than that the server said no. */
function isSocketFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== "string") return false;
  // 57P01-57P03: the server ends this session. Class 08: the connection itself.
  return /^(CONNECT|E[A-Z]{3,}|57P0[1-3]|08)/.test(code);
}

/**
 * What the server said it lacks to carry a statement out (its class 53), as a rule; null for every other answer.
 * It has undone the statement, and whoever may help is told what to see to.
 */
function lackingIn(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "53100") return "the database's disk is full; nothing was written";
  if (code === "53200") return "the database has no memory left for this; nothing was written";
  if (code === "53300") return "the database takes no more connections; nothing was written";
  return typeof code === "string" && code.startsWith("53")
    ? "the database is out of means; nothing was written"
    : null;
}

export function unavailable(rule: string, cause?: unknown): Refusal {
  const refusal = new Refusal({ code: "unavailable", field: "", value: null, rule });
  if (cause) refusal.cause = cause;
  return refusal;
}
