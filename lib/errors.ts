/**
 * Errors as data: a code, the field, the value, the rule. Sentences are made where people read.
 * Source: domain.md §10, architecture.md "The door".
 */
export const ERROR_CODES = [
  "invalid", // the input breaks a rule of §10
  "unauthenticated", // nobody is signed in
  "forbidden", // not for who asks: the permission table, whose it is, by which hand
  "not_found",
  "conflict", // somebody else changed it first; `value` holds what stands now
  "idempotency", // the same key with another body
  "too_many", // requests by one key; `Retry-After` says when again
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

/**
 * What a refusal is known by. A production build holds this class once in each of its bundles, and they
 * throw to each other: `instanceof` tells only those of one's own (biome.json refuses it).
 */
const BRAND = Symbol.for("countersign.refusal");

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
    Object.defineProperty(this, BRAND, { value: true });
  }

  toJSON(): Problem {
    return { code: this.code, field: this.field, value: this.value, rule: this.rule };
  }
}

/** Whether something thrown is a refusal, whichever bundle made it. */
export function isRefusal(error: unknown): error is Refusal {
  return typeof error === "object" && error !== null && BRAND in error;
}

/** The refusal that an error is or was caused by, or null: drivers and frameworks wrap what they pass on. */
export function refusalIn(error: unknown): Refusal | null {
  for (let at = error; at instanceof Error; at = at.cause) if (isRefusal(at)) return at;
  return null;
}

/** Refuses `value` of `field` because it breaks `rule` (§10). */
export function refuse(field: string, value: unknown, rule: string): never {
  throw new Refusal({ code: "invalid", field, value, rule });
}
