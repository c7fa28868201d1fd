import type { Job, Jobs } from "./reading-jobs";
import { type Ask, asker, READY } from "./reading-protocol";

/**
 * Files are read beside the page, so that it answers while 100,000 rows are split, mapped and checked; on it where a
 * browser has no workers, or one cannot be started.
 */
let opened: Promise<Ask> | null = null;

async function onThePage(): Promise<Ask> {
  const { JOBS } = await import("./reading-jobs");
  return ((job: Job, ask: never) => JOBS[job](ask)) as Ask;
}

async function open(): Promise<Ask> {
  if (typeof Worker === "undefined") return onThePage();
  try {
    return await besideThePage();
  } catch {
    return onThePage();
  }
}

function besideThePage(): Promise<Ask> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./reading.worker.ts", import.meta.url));
    const { ask, lose } = asker(worker);
    let isReady = false;
    worker.addEventListener("message", ({ data }) => {
      if (data !== READY) return;
      isReady = true;
      resolve(ask);
    });
    worker.addEventListener("error", ({ message }) => {
      reject(new Error(message));
      lose("the reading of the file broke off; choose it again");
      worker.terminate();
      // One that never started is not tried again; of one that broke the next file starts another.
      if (isReady) opened = null;
    });
  });
}

/** The answers of a job, each worked out when it is asked for. */
export async function* answersOf<J extends Job>(
  job: J,
  asked: Jobs[J]["ask"],
): AsyncGenerator<Jobs[J]["answer"]> {
  opened ??= open();
  const ask = await opened;
  yield* ask(job, asked);
}

/** The one answer of a job that has one. */
export async function answerOf<J extends Exclude<Job, "batches">>(
  job: J,
  asked: Jobs[J]["ask"],
): Promise<Jobs[J]["answer"]> {
  for await (const answer of answersOf(job, asked)) return answer;
  throw new TypeError(`${job} has no answer`);
}
