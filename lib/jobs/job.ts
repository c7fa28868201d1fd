import type { Client } from "@/db/connection/client";
import type { QueueName } from "@/db/queues";
import type { Day } from "@/lib/attribution/facts";

/** Work that outlives a request, or that time alone makes due. Of several processes the queue lets one do a turn. */
export interface Job {
  /** Its queue's (db/queues.ts). */
  name: QueueName;
  /** How long it rests after each turn. What rests for seconds trails the writes: it does turn after turn in a shift. */
  everyMs: number;
  /**
   * One turn: does what is due, in steps of a transaction each. A turn that is cut off leaves whole steps behind,
   * and whoever comes next goes on there; a step that two could begin at once elects one of them
   * (`db/connection/elected.ts`), since a process that stood still may wake up beside its successor.
   */
  work(client: Client, today: Day, now: Clock): Promise<unknown>;
}

/** What time it is. */
export type Clock = () => Date;

/** Told of a turn that failed: whose, and by what. */
export type ReportFault = (job: string, error: unknown) => void;
