import { ORPCError } from "@orpc/client";
import type { Problem } from "@/lib/errors";

/** Whether an answer's body is a refusal in the API's own words. */
export function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "rule" in body && "field" in body;
}

/** What a failed call says: the API's own problem, or `unavailable` when no answer came at all. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ORPCError && isProblem(error.data)) return error.data;
  return {
    code: "unavailable",
    field: "",
    value: null,
    rule: "the server did not answer; nothing is known to have been saved",
  };
}
