import { isRefusal, type Problem, Refusal } from "@/lib/errors";
import type { Job, Jobs } from "./reading-jobs";

/**
 * How the page and the worker that reads files speak: a job is begun, and each answer asked for when the last one is
 * used up, so that a file is never further read than the page has come. Whoever stops asking ends the job.
 */
type Asked = { id: number; begin: Job; ask: unknown } | { id: number; does: "more" | "stop" };
type Told = { id: number; answer: unknown } | { id: number; over: true | Problem | { fault: string } };

/** Told once, when the worker can be asked. */
export const READY = "ready";

/** One end of the line: a worker, what a worker is to itself, a port. */
export interface Line {
  postMessage(message: unknown): void;
  addEventListener(type: "message", heard: (event: { data: unknown }) => void): void;
}

type Work = { [J in Job]: (ask: Jobs[J]["ask"]) => AsyncGenerator<Jobs[J]["answer"]> };

/** The worker's end: does the jobs it is asked for, as many at a time as there are. */
export function serve(line: Line, work: Work): void {
  const under = new Map<number, AsyncGenerator>();
  const step = async (id: number) => {
    try {
      const { done, value } = (await under.get(id)?.next()) ?? {};
      if (!under.has(id)) return;
      if (done) under.delete(id);
      line.postMessage((done ? { id, over: true } : { id, answer: value }) satisfies Told);
    } catch (error) {
      under.delete(id);
      // What is thrown loses its kind on the way: a refusal goes as the data that it is.
      const over = isRefusal(error) ? error.toJSON() : { fault: String(error) };
      line.postMessage({ id, over } satisfies Told);
    }
  };
  line.addEventListener("message", ({ data }) => {
    const asked = data as Asked;
    const { id } = asked;
    if ("begin" in asked) under.set(id, (work[asked.begin] as (ask: unknown) => AsyncGenerator)(asked.ask));
    else if (asked.does === "stop") {
      void under.get(id)?.return(undefined);
      under.delete(id);
      return;
    }
    void step(id);
  });
  line.postMessage(READY);
}

/** What is no refusal of the file is still one sentence, for whoever chose it. */
const broken = (rule: string) => new Refusal({ code: "unavailable", field: "file", value: "", rule });

/** Asks for a job; its answers come as they are used up. */
export type Ask = <J extends Job>(job: J, ask: Jobs[J]["ask"]) => AsyncGenerator<Jobs[J]["answer"]>;

/** The page's end. `lose` ends every job under way: the worker is gone. */
export function asker(line: Line): { ask: Ask; lose: (why: string) => void } {
  const waiting = new Map<number, (told: Told) => void>();
  let last = 0;
  let lost: string | null = null;
  line.addEventListener("message", ({ data }) => {
    if (data === READY) return;
    const told = data as Told;
    waiting.get(told.id)?.(told);
  });
  const send = (asked: Asked) =>
    new Promise<Told>((resolve) => {
      if (lost !== null) return resolve({ id: asked.id, over: { fault: lost } });
      waiting.set(asked.id, resolve);
      line.postMessage(asked);
    });
  async function* ask<J extends Job>(job: J, asked: Jobs[J]["ask"]): AsyncGenerator<Jobs[J]["answer"]> {
    const id = ++last;
    let told: Told | null = null;
    try {
      told = await send({ id, begin: job, ask: asked });
      for (; "answer" in told; told = await send({ id, does: "more" }))
        yield told.answer as Jobs[J]["answer"];
      if (told.over !== true) throw "fault" in told.over ? broken(told.over.fault) : new Refusal(told.over);
    } finally {
      waiting.delete(id);
      if (told && "answer" in told) line.postMessage({ id, does: "stop" } satisfies Asked);
    }
  }
  const lose = (why: string) => {
    lost = why;
    for (const [id, resolve] of waiting) resolve({ id, over: { fault: why } });
  };
  return { ask, lose };
}
