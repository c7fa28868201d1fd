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

/** What no text that is kept may hold; a file's rows are refused one by one (lib/interchange/read-row.ts). */
const UNWRITABLE = "holds a character that cannot be stored";

/** Where a text lies that the database cannot keep; null where none does. A body nests so deep at most (lib/api/depth.ts). */
function unwritableIn(value: unknown, path: readonly string[], rowsOf: string | undefined): Problem | null {
  if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed()))
    return { code: "invalid", field: path.join("."), value: null, rule: UNWRITABLE };
  if (typeof value !== "object" || value === null) return null;
  for (const [name, one] of Object.entries(value)) {
    if (path.length === 0 && name === rowsOf) continue;
    const found = unwritableIn(one, [...path, name], rowsOf);
    if (found) return found;
  }
  return null;
}

/** Parses strictly or refuses with the first problem. `rowsOf` names the field whose texts their own reader checks. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, rowsOf?: string): z.output<S> {
  const unwritable = unwritableIn(input, [], rowsOf);
  if (unwritable) throw new Refusal(unwritable);
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
