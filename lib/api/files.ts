import type { Actor } from "@/lib/auth/actor";
import { log } from "./log";
import { answerHeaders, problemIn, problemResponse } from "./problems";

/** A file to read or to take away. */
export interface File {
  body: Uint8Array | ReadableStream<Uint8Array>;
  type: string;
  /** Of the header `Content-Disposition`: `attachment; filename="review-2026-Q2.pdf"`. */
  disposition: string;
  /** More headers that it goes with. */
  headers?: Readonly<Record<string, string>>;
}

/**
 * Answers a request for a file. Every failure is a `Problem` in JSON with the status that fits it, and is
 * found in the log by the request's id when it is the server's own.
 *
 * @param about what was asked for, for the log
 * @param actorOf who asks, by the request's session
 */
export async function answerFile(
  about: Readonly<Record<string, string>>,
  actorOf: () => Promise<Actor | null>,
  make: (actor: Actor) => Promise<File>,
): Promise<Response> {
  const request = crypto.randomUUID();
  try {
    const actor = await actorOf();
    if (!actor) {
      const rule = "sign in first";
      return problemResponse({ code: "unauthenticated", field: "", value: null, rule }, request);
    }
    const { body, type, disposition, headers } = await make(actor);
    return new Response(body as Uint8Array<ArrayBuffer>, {
      headers: {
        "content-type": type,
        ...("byteLength" in body && { "content-length": String(body.byteLength) }),
        "content-disposition": disposition,
        ...answerHeaders(request, 200),
        ...headers,
      },
    });
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request, ...about, status, err: error }, problem.rule);
    return problemResponse(problem, request, status);
  }
}
