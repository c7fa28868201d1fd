import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import type { Answered } from "./answered";
import type { Disk } from "./disk";
import type { Step } from "./schedule";

/** What one schedule came to. */
export interface Happened {
  answered: Answered[];
  /** What no process lived to answer, or did not answer in time. */
  faults: string[];
}

export interface Ground {
  /** By the way that breaks, for the app. */
  url: string;
  /** Straight, for what is done to it. */
  ownerUrl: string;
  postmaster: () => number | undefined;
  way: { cut(): void; mend(): void; delayMs: number };
  /** Null where it cannot be filled; that fault is then passed over. */
  disk: Disk | null;
}

type Mode = "guarded" | "control";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));
const PROCESSES = 2;
/** Everything that was asked must have been answered by then. */
const PATIENCE_MS = 25_000;
/** From an hour and a half back to as much ahead. */
const LARGEST_JUMP_MS = 3 * 60 * 60_000;
/** After the last fault, until people find it as it was. */
const AFTER_MS = 1_500;
/** How long people who sign are then given to come to an end. */
const SIGNED_WITHIN_MS = 8_000;

/** An app process and what it has said. */
class Worker {
  readonly answered: Answered[] = [];
  readonly child: ChildProcess;
  #ended = false;
  /** Whether all is signed that was to be, by what it said. */
  hasSigned = false;
  readonly #exit: Promise<unknown>;

  /** @param signs whether the people who sign are at this one */
  constructor(
    mode: Mode,
    url: string,
    name: string,
    readonly signs: boolean,
  ) {
    const args = [mode, url, name, ...(signs ? ["signs"] : [])];
    this.child = spawn(process.execPath, ["--import", "tsx", WORKER, ...args], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#exit = once(this.child, "exit");
    this.child.stdin!.on("error", () => {});
    createInterface({ input: this.child.stdout! }).on("line", (line) => {
      if (line === "ended") this.#ended = true;
      else if (line === "signed") this.hasSigned = true;
      else this.answered.push(JSON.parse(line) as Answered);
    });
  }

  get isAtWork(): boolean {
    return this.answered.length > 0;
  }

  /** Lets it finish what was asked; false when it has not in time, or died by itself. */
  async finish(): Promise<boolean> {
    this.child.stdin!.write("over\n");
    await Promise.race([this.#exit, pause(PATIENCE_MS)]);
    this.child.kill("SIGKILL");
    await this.#exit;
    return this.#ended;
  }

  /** Has its clock jump by so many milliseconds. */
  jump(ms: number): void {
    this.child.stdin!.write(`clock ${ms}\n`);
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.#exit;
  }
}

/** Runs a schedule against two app processes at work, and tells all that they said. */
export async function happen(mode: Mode, ground: Ground, steps: readonly Step[]): Promise<Happened> {
  const all: Worker[] = [];
  const start = (signs: boolean) => {
    const worker = new Worker(mode, ground.url, `${mode[0]}-${all.length}`, signs);
    all.push(worker);
    return worker;
  };
  const now = Array.from({ length: PROCESSES }, (_, nth) => start(nth === 0));
  const faults: string[] = [];
  while (!now.every(({ isAtWork }) => isAtWork)) await pause(20);
  const began = performance.now();
  for (const step of steps) {
    await pause(Math.max(0, step.at - (performance.now() - began)));
    await strike(step, ground, now, start);
  }
  ground.way.mend();
  ground.way.delayMs = 0;
  ground.disk?.free();
  await pause(AFTER_MS);
  const until = performance.now() + SIGNED_WITHIN_MS;
  while (mode === "guarded" && performance.now() < until && !now.some(({ hasSigned }) => hasSigned))
    await pause(50);
  for (const [nth, worker] of now.entries())
    if (!(await worker.finish())) faults.push(`process ${nth} did not answer all that it was asked in time`);
  return { answered: all.flatMap(({ answered }) => answered), faults };
}

async function strike(
  { fault, how }: Step,
  ground: Ground,
  now: Worker[],
  start: (signs: boolean) => Worker,
): Promise<void> {
  const whom = Math.floor(how * now.length);
  switch (fault) {
    case "kill backends":
      return killBackends(ground.ownerUrl, 1 + Math.floor(how * 8));
    case "kill the postmaster": {
      const pid = ground.postmaster();
      if (pid !== undefined) process.kill(pid, "SIGKILL");
      return;
    }
    case "kill an app process":
      await now[whom]!.kill();
      now[whom] = start(now[whom]!.signs);
      return;
    case "stop an app process for a while":
      now[whom]!.child.kill("SIGSTOP");
      await pause(500 + how * 2_000);
      now[whom]!.child.kill("SIGCONT");
      return;
    case "cut the connection":
      ground.way.cut();
      await pause(200 + how * 1_500);
      ground.way.mend();
      return;
    case "slow the network":
      ground.way.delayMs = 10 + Math.round(how * 90);
      await pause(1_000);
      ground.way.delayMs = 0;
      return;
    case "jump a clock":
      return now[whom]!.jump(Math.round((how - 0.5) * LARGEST_JUMP_MS));
    case "fill the disk":
      ground.disk?.fill();
      await pause(200 + how * 1_000);
      ground.disk?.free();
  }
}

async function killBackends(url: string, count: number): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 2 });
  try {
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'countersign' and datname = current_database()
        and state in ('active', 'idle in transaction') order by random() limit ${count}`;
  } catch {
    // A server that is gone has no backends left.
  } finally {
    await sql.end({ timeout: 1 });
  }
}
