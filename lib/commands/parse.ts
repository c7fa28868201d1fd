import { z } from "zod";
import { isRefusal, type Problem, Refusal } from "@/lib/errors";

/** Fields whose values nobody may read again: not in an answer, not hashed beside a key. */
const isSecret = (name: string) => /pass|token|secret/i.test(name);

/** A value without its secrets, however deep they lie. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  const open = Object.entries(value).filter(([name]) => !isSecret(name));
  return Object.fromEntries(open.map(([name, one]) => [name, withoutSecrets(one)]));
}

/** The first thing wrong with an input, as field, value and rule (§10). */
export function problemOf(error: z.ZodError, input: unknown): Problem {
  const issue = error.issues[0]!;
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  let value: unknown = input;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  const rule = issue.code === "unrecognized_keys" ? "is not a field of this request" : issue.message;
  // Beside a secret even a misspelt field's value may be one.
  const fields = [...path.map(String), ...Object.keys(typeof input === "object" && input ? input : {})];
  const shown = fields.some(isSecret) ? null : withoutSecrets(value ?? null);
  return { code: "invalid", field: path.map(String).join("."), value: shown, rule };
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
