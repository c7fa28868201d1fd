import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Refusal } from "@/lib/errors";
import type { PackAnswered, PackAsked, PackFormat } from "@/lib/exports/review/formats";
import type { PackDocument } from "@/lib/exports/review/section";

/** From the project's folder and not from this file, which a build moves elsewhere. */
const ENTRY = ["scripts", "write-packs.mjs"];
/** A quarter of 353 cases takes some ten seconds of one core; what takes longer than this has hung. */
const LONGEST_MS = 180_000;
/** A thread that nobody asks gives its memory back. */
const IDLE_MS = 120_000;
/** Packs that wait for their turn; more would hold their askers' connections for minutes. */
const MOST_WAITING = 20;

interface Waiting {
  done(bytes: Uint8Array): void;
  failed(error: Error): void;
}

/** Writes packs beside the thread that answers requests, so that no page waits for one. */
class PackThread {
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private idle: NodeJS.Timeout | undefined;

  async render(format: PackFormat, pack: PackDocument): Promise<Uint8Array> {
    if (this.waiting.size >= MOST_WAITING)
      throw new Refusal({
        code: "unavailable",
        field: "file",
        value: format,
        rule: `${MOST_WAITING} packs are being written already; ask again in a minute`,
      });
    clearTimeout(this.idle);
    const worker = this.open();
    const id = ++this.last;
    const late = setTimeout(
      () => this.close(new Error(`a pack took longer than ${LONGEST_MS} ms`)),
      LONGEST_MS,
    );
    try {
      return await new Promise<Uint8Array>((done, failed) => {
        this.waiting.set(id, { done, failed });
        worker.postMessage({ id, format, pack } satisfies PackAsked);
      });
    } finally {
      clearTimeout(late);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.idle = setTimeout(() => this.close(), IDLE_MS).unref();
    }
  }

  private open(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(join(/* turbopackIgnore: true */ process.cwd(), ...ENTRY), { execArgv: [] });
    worker.unref();
    worker.on("message", (answered: PackAnswered) => {
      const asker = this.waiting.get(answered.id);
      if ("bytes" in answered) asker?.done(answered.bytes);
      else asker?.failed(new Error(answered.fault));
    });
    const gone = (error: Error) => this.worker === worker && this.close(error);
    worker.on("error", gone);
    worker.on("exit", (code) => gone(new Error(`the thread that writes packs ended with ${code}`)));
    this.worker = worker;
    return worker;
  }

  /** Whoever still waits is told why; the next one starts another. */
  private close(error?: Error): void {
    const { worker } = this;
    this.worker = null;
    for (const { failed } of this.waiting.values()) failed(error ?? new Error("the thread was closed"));
    void worker?.terminate();
  }
}

const thread = new PackThread();

/**
 * A pack as a file's bytes, written beside the thread that answers requests; packs come one after the other.
 *
 * @throws what its writer throws; `unavailable` when too many wait already
 */
export const renderPack = (format: PackFormat, pack: PackDocument): Promise<Uint8Array> =>
  thread.render(format, pack);
