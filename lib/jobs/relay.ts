import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type PgBoss from "pg-boss";
import type { Client } from "@/db/connection/client";
import { asOne, queueOver } from "@/db/connection/queue";
import type { QueueName } from "@/db/queues";
import type { Day } from "@/lib/attribution/facts";
import { companyToday } from "@/lib/commands/today";
import type { Clock, Job, ReportFault } from "./job";

/** How long one process keeps at work that trails the writes, before another may. */
const SHIFT_MS = 20_000;
const LOOK_MS = 1_000;
/** Whether every job has its next turn in the queue is looked at this often: a process may die between two turns. */
const CHAINED_MS = 30_000;

export interface RelayOptions {
  client: Client;
  report: ReportFault;
  today?: (client: Client) => Promise<Day>;
  now?: Clock;
  shiftMs?: number;
  lookMs?: number;
}

/**
 * Looks after jobs as long as the process lives, beside any number of others that do (docs/decisions/0011). Whoever takes a
 * turn first puts the next one into the queue, due when this one's time is over: so a job waits there once, is done
 * by one process at a time, and goes on with another when that one dies.
 *
 * @returns what ends it: turns under way are let finish
 */
export function keepRelay(jobs: readonly Job[], options: RelayOptions): () => Promise<void> {
  const relay = new Relay(jobs, options);
  const running = relay.run();
  return () => {
    relay.stop();
    return running;
  };
}

class Relay {
  readonly #jobs: ReadonlyMap<QueueName, Job>;
  readonly #options: Required<RelayOptions>;
  readonly #underWay = new Map<QueueName, Promise<void>>();
  #chainedAt = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(jobs: readonly Job[], options: RelayOptions) {
    this.#jobs = new Map(jobs.map((job) => [job.name, job]));
    this.#options = {
      today: companyToday,
      now: () => new Date(),
      shiftMs: SHIFT_MS,
      lookMs: LOOK_MS,
      ...options,
    };
  }

  stop(): void {
    this.#stopped = true;
  }

  async run(): Promise<void> {
    const { lookMs, report } = this.#options;
    let queue: PgBoss | undefined;
    let failed = 0;
    while (!this.#stopped) {
      try {
        queue ??= await this.#open();
        await this.#chain(queue);
        for (const name of await this.#due()) this.#begin(queue, name);
        failed = 0;
      } catch (error) {
        // A database that is gone fills no log.
        if (failed++ === 0) report("queue", error);
      }
      await pause(Math.min(lookMs * 2 ** failed, CHAINED_MS), undefined, { ref: false });
    }
    await Promise.all(this.#underWay.values());
    await queue?.stop({ graceful: false });
  }

  /** One that could not be started is thrown away: it believes that it is starting. */
  async #open(): Promise<PgBoss> {
    const queue = queueOver(this.#options.client);
    queue.on("error", (error) => this.#options.report("queue", error));
    return queue.start();
  }

  /** A first turn at once of what waits nowhere in the queue. */
  async #chain(queue: PgBoss): Promise<void> {
    if (performance.now() - this.#chainedAt < CHAINED_MS) return;
    for (const name of this.#jobs.keys()) await queue.send(name, {});
    this.#chainedAt = performance.now();
  }

  /** The jobs whose time has come: one look for all. */
  async #due(): Promise<QueueName[]> {
    const names = [...this.#jobs.keys()].filter((name) => !this.#underWay.has(name));
    const rows = await this.#options.client.db.execute<{ name: QueueName }>(sql`
      select distinct name from pgboss.job
      where name = any(${sql.param(names)}::text[]) and state < 'active' and start_after < now()`);
    return [...rows].map(({ name }) => name);
  }

  #begin(queue: PgBoss, name: QueueName): void {
    const turn = this.#take(queue, name)
      .catch((error) => this.#options.report(name, error))
      .finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, turn);
  }

  async #take(queue: PgBoss, name: QueueName): Promise<void> {
    const job = this.#jobs.get(name)!;
    const { client, shiftMs } = this.#options;
    // At no moment does the job wait nowhere: another process would put a turn of its own there.
    const taken = await asOne(client, async (db) => {
      const [turn] = await queue.fetch(name, { db });
      // In seconds from the database's now: the clocks of the processes may differ.
      const startAfter = Math.max(job.everyMs, shiftMs) / 1_000;
      if (turn) await queue.send(name, {}, { db, startAfter });
      return turn;
    });
    if (!taken) return;
    try {
      await this.#shift(job);
      await queue.complete(name, taken.id);
    } catch (error) {
      this.#options.report(name, error);
      await queue.fail(name, taken.id, asData(error));
    }
  }

  /** One turn, or of trailing work turn after turn until the next shift begins. */
  async #shift(job: Job): Promise<void> {
    const { client, today, now, shiftMs } = this.#options;
    const end = performance.now() + shiftMs;
    for (;;) {
      await job.work(client, await today(client), now);
      if (this.#stopped || performance.now() + job.everyMs >= end) return;
      await pause(job.everyMs, undefined, { ref: false });
    }
  }
}

/** What is kept of a fault for people: its words, and those of what caused it. */
function asData(error: unknown): { message: string } {
  const words: string[] = [];
  for (let at: unknown = error; at instanceof Error && words.length < 3; at = at.cause)
    words.push(at.message);
  return { message: (words.join(": ") || String(error)).slice(0, 2_000) };
}
