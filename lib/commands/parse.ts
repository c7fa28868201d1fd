import { z } from "zod";
import { isRefusal, type Problem, Refusal } from "@/lib/errors";

/** The first thing wrong with an input, as field, value and rule (§10). */
export function problemOf(error: z.ZodError, input: unknown): Problem {
  const issue = error.issues[0]!;
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  let value: unknown = input;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  const rule = issue.code === "unrecognized_keys" ? "is not a field of this request" : issue.message;
  return { code: "invalid", field: path.map(String).join("."), value: value ?? null, rule };
}

/** Parses strictly or refuses with the first problem. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Refusal(problemOf(parsed.error, input));
}

/** A zod check that reuses a rule of the heart: the rule refuses, zod carries the sentence. */
export function ruled<T>(rule: (field: string, value: unknown) => T) {
  return (value: unknown, context: z.RefinementCtx): T => {
    try {
      return rule("", value);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      context.addIssue({ code: "custom", message: error.rule });
      return z.NEVER;
    }
  };
}
