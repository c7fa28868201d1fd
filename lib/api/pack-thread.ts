import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Refusal } from "@/lib/errors";
import type { PackAnswered, PackAsked, PackFormat } from "@/lib/exports/review/formats";
import type { PackDocument, TellStep } from "@/lib/exports/review/section";

/** From the project's folder and not from this file, which a build moves elsewhere. */
const ENTRY = ["scripts", "write-packs.mjs"];
/** A quarter of 2,000 cases takes some five seconds of one core; what takes longer than this has hung. */
const LONGEST_MS = 180_000;
/** A thread that nobody asks gives its memory back. */
const IDLE_MS = 120_000;
/** Packs that wait for their turn; more would hold their askers' connections for minutes. */
const MOST_WAITING = 20;

interface Waiting {
  asked: PackAsked;
  tell: TellStep;
  done(bytes: Uint8Array): void;
  failed(error: unknown): void;
}

/** Who takes a pack may be told how far it is, and may leave before it is written. */
export interface Taking {
  tell?: TellStep;
  signal?: AbortSignal;
}

/** Writes packs beside the thread that answers requests, so that no page waits for one. */
class PackThread {
  private worker: Worker | null = null;
  /** In the order in which they came; the first is being written. */
  private readonly waiting: Waiting[] = [];
  private last = 0;
  private late: NodeJS.Timeout | undefined;
  private idle: NodeJS.Timeout | undefined;

  async render(format: PackFormat, pack: PackDocument, { tell, signal }: Taking = {}): Promise<Uint8Array> {
    signal?.throwIfAborted();
    if (this.waiting.length >= MOST_WAITING)
      throw new Refusal({
        code: "unavailable",
        field: "file",
        value: format,
        rule: `${MOST_WAITING} packs are being written already; ask again in a minute`,
      });
    const asked = { id: ++this.last, format, pack };
    let leave = () => {};
    try {
      return await new Promise<Uint8Array>((done, failed) => {
        this.waiting.push({ asked, tell: tell ?? (() => {}), done, failed });
        leave = () => this.leave(asked.id, signal?.reason);
        signal?.addEventListener("abort", leave);
        if (this.waiting.length === 1) this.next();
      });
    } finally {
      signal?.removeEventListener("abort", leave);
    }
  }

  /** Has the first that waits written, if somebody waits. */
  private next(): void {
    clearTimeout(this.idle);
    clearTimeout(this.late);
    const [first] = this.waiting;
    if (!first) {
      this.idle = setTimeout(() => this.close(), IDLE_MS).unref();
      return;
    }
    this.late = setTimeout(
      () => this.leave(first.asked.id, new Error(`a pack took longer than ${LONGEST_MS} ms`)),
      LONGEST_MS,
    );
    this.open().postMessage(first.asked);
  }

  private heard(answered: PackAnswered): void {
    const [first] = this.waiting;
    if (first?.asked.id !== answered.id) return;
    if ("step" in answered) {
      first.tell(answered.step);
      return;
    }
    this.waiting.shift();
    if ("bytes" in answered) first.done(answered.bytes);
    else first.failed(new Error(answered.fault));
    this.next();
  }

  /** One is not waited for any more. A writer looks up from nothing, so the thread of one under way ends with it. */
  private leave(id: number, why: unknown): void {
    const at = this.waiting.findIndex(({ asked }) => asked.id === id);
    if (at < 0) return;
    const [gone] = this.waiting.splice(at, 1);
    gone?.failed(why);
    if (at > 0) return;
    this.close();
    this.next();
  }

  private open(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(join(/* turbopackIgnore: true */ process.cwd(), ...ENTRY), { execArgv: [] });
    worker.unref();
    worker.on("message", (answered: PackAnswered) => this.worker === worker && this.heard(answered));
    const gone = (error: Error) => {
      if (this.worker !== worker) return;
      this.close();
      const [first] = this.waiting;
      if (first) this.leave(first.asked.id, error);
    };
    worker.on("error", gone);
    worker.on("exit", (code) => gone(new Error(`the thread that writes packs ended with ${code}`)));
    this.worker = worker;
    return worker;
  }

  private close(): void {
    const { worker } = this;
    this.worker = null;
    void worker?.terminate();
  }
}

const thread = new PackThread();

/**
 * A pack as a file's bytes, written beside the thread that answers requests; packs come one after the other.
 *
 * @throws what its writer throws; `unavailable` when too many wait already; the reason of `signal` when it is cancelled
 */
export const renderPack = (format: PackFormat, pack: PackDocument, taking?: Taking): Promise<Uint8Array> =>
  thread.render(format, pack, taking);
