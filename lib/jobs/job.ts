import { type Client, database } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { companyToday } from "@/lib/commands/today";

/** Work that outlives a request. Every server process looks after it; of several that do, the database elects one. */
export interface Job {
  /** As the log names it. */
  name: string;
  /** How long it rests after each turn. */
  everyMs: number;
  /**
   * One turn: does what is due, in steps of a transaction each, elected for each (`db/connection/elected.ts`).
   * So a turn that is cut off leaves whole steps behind, and whoever comes next goes on there.
   */
  work(client: Client, today: Day): Promise<unknown>;
}

/** Told of a turn that failed: whose, and by what. */
export type ReportFault = (job: string, error: unknown) => void;

/** After failed turns a job rests twice as long each time, up to this: a database that is gone fills no log. */
const LONGEST_REST_MS = 60_000;

/** Does a job's turns as long as the process lives, one after the other, and goes on after faults. */
export function keepDoing(
  { name, everyMs, work }: Job,
  report: ReportFault,
  today: (client: Client) => Promise<Day> = companyToday,
): void {
  let failed = 0;
  const turn = async (): Promise<void> => {
    try {
      const client = database();
      await work(client, await today(client));
      failed = 0;
    } catch (error) {
      failed++;
      report(name, error);
    }
    setTimeout(turn, Math.min(everyMs * 2 ** failed, Math.max(everyMs, LONGEST_REST_MS))).unref();
  };
  void turn();
}
