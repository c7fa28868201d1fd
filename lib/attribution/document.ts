import { refuse } from "../errors";

/**
 * Reading of JSON documents: objects with exactly the known keys, lists with a path for every member.
 * Source: domain.md §10, "refused whole and early, with the field, the value and the rule".
 */

export type JsonObject = Record<string, unknown>;

/** Whether `value` is a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The path of `key` inside the document part at `at`; `at` is empty for the document itself. */
export function pathTo(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}

/** An object with all of `keys`, perhaps some of `optional` and no other; refuses the first that is missing or unknown. */
export function parseObject(
  at: string,
  value: unknown,
  keys: readonly string[],
  optional: readonly string[] = [],
): JsonObject {
  if (!isObject(value)) return refuse(at, value ?? null, `must be an object with ${keys.join(", ")}`);
  let known = 0;
  for (const key in value) {
    if (keys.includes(key)) known += 1;
    else if (!optional.includes(key)) refuse(pathTo(at, key), value[key], "unknown key");
  }
  if (known < keys.length) {
    const missing = keys.find((key) => !Object.hasOwn(value, key)) as string;
    refuse(pathTo(at, missing), null, "is missing");
  }
  return value;
}

/** A list, each member parsed with its own path. */
export function parseList<T>(at: string, value: unknown, parse: (at: string, value: unknown) => T): T[] {
  if (!Array.isArray(value)) return refuse(at, value ?? null, "must be a list");
  return value.map((member, index) => parse(`${at}[${index}]`, member));
}

/** Refuses a second member with the same id. */
export function checkSingleIds(at: string, members: readonly { id: string }[]): void {
  if (members.length < 2) return;
  const seen = new Set<string>();
  members.forEach(({ id }, index) => {
    if (seen.has(id)) refuse(`${at}[${index}].id`, id, "this id is already taken in the list");
    seen.add(id);
  });
}
