import type { z } from "zod";
import { parseInput } from "@/lib/commands/parse";
import { refuse } from "@/lib/errors";
import { log } from "./log";
import { problemIn, problemResponse } from "./problems";
import { isSameOrigin } from "./same-origin";
import { smallBody } from "./small-body";

/** One kind of link that opens a page to whoever holds it. */
interface LinkKind {
  /** In the server's log. */
  path: string;
  /** Why a request from elsewhere is refused. */
  origin: string;
}

/**
 * Answers whoever holds a link, who is not signed in: the token in the body alone says whose it is, and no other word
 * of the request says so. Failures are a `Problem` in JSON, in which nothing that was sent is given back.
 */
export async function byLink<T>(
  request: Request,
  { path, origin }: LinkKind,
  shape: z.ZodType<T>,
  answer: (asked: T, id: string) => Promise<Response>,
): Promise<Response> {
  const id = crypto.randomUUID();
  try {
    if (!isSameOrigin(request))
      return problemResponse({ code: "forbidden", field: "origin", value: null, rule: origin }, id);
    const response = await answer(parseInput(shape, jsonOf(await smallBody(request))), id);
    response.headers.set("cache-control", "no-store");
    response.headers.set("x-request-id", id);
    return response;
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, path, status, err: error }, problem.rule);
    return problemResponse({ ...problem, value: null }, id, status);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse("", null, "must be JSON");
  }
}
