import { log } from "./log";
import type { PackEvent } from "./pack-event";
import type { Taking } from "./pack-thread";
import { problemIn } from "./problems";

/**
 * A pack's steps and then the pack, as server-sent events.
 *
 * @param write begins to write it; whoever stops to read stops the writing
 * @param about what was asked for, for the log
 */
export function packEvents(
  write: (taking: Taking) => Promise<Uint8Array>,
  about: Readonly<Record<string, string>>,
): ReadableStream<Uint8Array> {
  const left = new AbortController();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(stream) {
      const send = (event: PackEvent) => stream.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      try {
        const tell: Taking["tell"] = (step) => send({ step });
        send({ file: Buffer.from(await write({ tell, signal: left.signal })).toString("base64") });
      } catch (error) {
        if (left.signal.aborted) return;
        const { status, problem } = problemIn(error);
        if (status >= 500) log.error({ ...about, status, err: error }, problem.rule);
        send({ problem });
      }
      stream.close();
    },
    cancel: () => left.abort(),
  });
}
