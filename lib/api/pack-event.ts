import type { Problem } from "@/lib/errors";
import type { PackFormat } from "@/lib/exports/review/formats";
import type { PackStep } from "@/lib/exports/review/section";

export type { PackFormat, PackStep };

/** What a page asks for that shows how far a pack is: server-sent events, each `data` a `PackEvent` in JSON. */
export const PACK_EVENTS = "text/event-stream";

/** Steps, then the file in base64 or why there is none. */
export type PackEvent = { step: PackStep } | { file: string } | { problem: Problem };

/** The events of an answer as they come; what stops in the middle ends without a file. */
export async function* packEventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<PackEvent> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let parts: string[] = [];
  for (;;) {
    const { done, value = "" } = await reader.read();
    if (done) return;
    const [end = "", ...begun] = value.split("\n\n");
    parts.push(end);
    for (const next of begun) {
      yield JSON.parse(parts.join("").replace(/^data: /, "")) as PackEvent;
      parts = [next];
    }
  }
}
