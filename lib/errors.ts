/**
 * Errors as data: a code, the field, the value, the rule. Sentences are made where people read.
 * Source: domain.md §10, architecture.md "The door".
 */
export const ERROR_CODES = [
  "invalid", // the input breaks a rule of §10
  "unauthenticated", // nobody is signed in
  "forbidden", // the permission table says no
  "not_found",
  "conflict", // somebody else changed it first; `value` holds what stands now
  "idempotency", // the same key with another body
  "unavailable", // the database did not answer in time; nothing was written
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface Problem {
  code: ErrorCode;
  /** Path of the offending field, `activity.proof`; empty when no single field is at fault. */
  field: string;
  /** The value as given, JSON-safe. */
  value: unknown;
  /** The rule that was broken, in words that stand alone. */
  rule: string;
}

/** The one way to say no. Thrown by parsers, verbs and the door; carried by the API as JSON. */
export class Refusal extends Error implements Problem {
  readonly code: ErrorCode;
  readonly field: string;
  readonly value: unknown;
  readonly rule: string;

  constructor(problem: Problem) {
    super(problem.field ? `${problem.field}: ${problem.rule}` : problem.rule);
    this.name = "Refusal";
    this.code = problem.code;
    this.field = problem.field;
    this.value = problem.value;
    this.rule = problem.rule;
  }

  toJSON(): Problem {
    return { code: this.code, field: this.field, value: this.value, rule: this.rule };
  }
}

/** Refuses `value` of `field` because it breaks `rule` (§10). */
export function refuse(field: string, value: unknown, rule: string): never {
  throw new Refusal({ code: "invalid", field, value, rule });
}
