import { ValidationError } from "@orpc/contract";
import { ORPCError } from "@orpc/server";
import type { z } from "zod";
import { problemOf } from "@/lib/commands/parse";
import { type ErrorCode, type Problem, refusalIn } from "@/lib/errors";
import { brief, briefText } from "./brief";

/** The HTTP status of each kind of problem. */
export const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  idempotency: 409,
  too_many: 429,
  unavailable: 503,
};

function isProblem(data: unknown): data is Problem {
  return typeof data === "object" && data !== null && "rule" in data && "field" in data && "code" in data;
}

/** What went wrong as a problem and its HTTP status; 500 for what nobody foresaw, whose cause is only logged. */
export function problemIn(error: unknown): { status: number; problem: Problem } {
  const { status, problem } = whollyIn(error);
  const { field, value, rule } = problem;
  // What was sent is given back as far as one knows it again by: a body is not sent home whole.
  const shown = { field: briefText(field), value: brief(value), rule: briefText(rule, 2_000) };
  return { status, problem: { ...problem, ...shown } };
}

function whollyIn(error: unknown): { status: number; problem: Problem } {
  const refusal = refusalIn(error);
  if (refusal) return { status: STATUS[refusal.code], problem: refusal.toJSON() };
  if (error instanceof ORPCError) {
    const { cause, data } = error;
    if (isProblem(data)) return { status: error.status, problem: data };
    if (cause instanceof ValidationError && error.code === "BAD_REQUEST") {
      return { status: 400, problem: problemOf(cause as unknown as z.ZodError, cause.data) };
    }
    if (error.status < 500) return { status: error.status, problem: invalid(error.message) };
  }
  const rule = "something went wrong here and was logged; nothing is known to have been saved";
  return { status: 500, problem: { code: "unavailable", field: "", value: null, rule } };
}

const invalid = (rule: string): Problem => ({ code: "invalid", field: "", value: null, rule });

/** When to ask again after a 503: by then a database that restarts is mostly back. */
const RETRY_AFTER_S = "5";

/** What every answer carries: the request's id to look it up in the log, and no caching. */
export function answerHeaders(request: string, status: number): Record<string, string> {
  return {
    "cache-control": "no-store",
    "x-request-id": request,
    ...(status === STATUS.unavailable && { "retry-after": RETRY_AFTER_S }),
  };
}

/** A problem as the API answers it: JSON with the status that fits it. */
export function problemResponse(
  problem: Problem,
  request: string,
  status = STATUS[problem.code],
  headers: Record<string, string> = {},
): Response {
  return Response.json(problem, { status, headers: { ...answerHeaders(request, status), ...headers } });
}
