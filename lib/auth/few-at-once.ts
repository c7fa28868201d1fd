import { perProcess } from "@/db/connection/per-process";
import { Refusal } from "@/lib/errors";

/**
 * Hashes of passwords at a time. Each holds one of the four threads that also open everybody's session, so
 * strangers who knock all at once must not get them all.
 */
const AT_ONCE = 2;
/** Those who wait for one; whoever comes then is sent away at once. */
const MOST_WAITING = 24;

/** Lets a few through at a time and a few more wait, in order. */
export class FewAtOnce {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
  ) {}

  /** @throws Refusal `unavailable` when too many wait already */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) {
      if (this.waiting.length >= this.mostWaiting) {
        const rule = "too many sign in at this moment; try again in a few seconds";
        throw new Refusal({ code: "unavailable", field: "", value: null, rule });
      }
      // Whoever leaves hands its place over, so that nobody overtakes.
      await new Promise<void>((begin) => this.waiting.push(begin));
    } else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}

/** The one queue of this process for work on passwords. */
export const passwordQueue = () => perProcess("passwords", () => new FewAtOnce(AT_ONCE, MOST_WAITING));
