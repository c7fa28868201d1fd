import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

/** A process that serves, once it listens. */
export interface Serving {
  child: ChildProcess;
  ended: Promise<void>;
}

export interface Kept {
  /** Asks it to end, and makes it after `patienceMs`. */
  stop(): Promise<void>;
  /** Settled once it was stopped. */
  ended: Promise<void>;
}

export interface KeepOptions {
  say?: (line: string) => void;
  /** How long is waited before each start after a crash: the last of them for all that follow. */
  pausesMs?: readonly number[];
  /** What has served that long counts as sound: its next crash is its first again. */
  soundMs?: number;
  patienceMs?: number;
}

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

/**
 * Starts a serving process again whenever it ends by itself, after a pause that grows while it goes on crashing.
 *
 * @param start starts another in its place; a start that fails is one more crash
 */
export function keepServing(
  first: Serving,
  start: () => Promise<Serving>,
  { say = console.error, pausesMs = PAUSES_MS, soundMs = 60_000, patienceMs = 20_000 }: KeepOptions = {},
): Kept {
  const stopped = new AbortController();
  let current: Serving | undefined = first;

  async function startAgain(wait: number): Promise<Serving | undefined> {
    say(`The server ended unexpectedly; it is started again in ${wait / 1_000} s.`);
    await pause(wait, undefined, { signal: stopped.signal }).catch(() => {});
    if (stopped.signal.aborted) return undefined;
    return start().catch((error: Error) => {
      say(error.message);
      return undefined;
    });
  }

  async function watch(): Promise<void> {
    for (let crashes = 0; ; ) {
      const began = performance.now();
      await current?.ended;
      if (stopped.signal.aborted) return;
      crashes = current && performance.now() - began > soundMs ? 1 : crashes + 1;
      current = await startAgain(pausesMs[Math.min(crashes, pausesMs.length) - 1] ?? 0);
      if (stopped.signal.aborted) {
        current?.child.kill("SIGTERM");
        await current?.ended;
        return;
      }
      if (current) say("The server serves again.");
    }
  }

  const ended = watch();
  return {
    ended,
    async stop() {
      stopped.abort();
      current?.child.kill("SIGTERM");
      const impatience = setTimeout(() => current?.child.kill("SIGKILL"), patienceMs);
      await ended;
      clearTimeout(impatience);
    },
  };
}
