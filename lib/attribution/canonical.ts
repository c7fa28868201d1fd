/**
 * RFC 8785 canonical JSON: keys in order of UTF-16 code units, no blanks, numbers and strings as
 * ECMAScript writes them. Two equal documents give the same text, so the same hash (§3: the memo's hash
 * is SHA-256 over this). Callers hash. Throws a TypeError for what JSON cannot say: undefined, a function, a number
 * that is not finite, a lone surrogate, anything but plain objects and lists.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "boolean":
      return String(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError("canonical JSON has no such number");
      return JSON.stringify(value);
    case "string":
      return canonicalString(value);
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(",")}]`;
      return canonicalObject(value as Record<string, unknown>);
    default:
      throw new TypeError(`canonical JSON has no ${typeof value}`);
  }
}

function canonicalString(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError("canonical JSON has no lone surrogate");
  return JSON.stringify(text);
}

function canonicalObject(value: Record<string, unknown>): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError("canonical JSON has plain objects only");
  }
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${canonicalString(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(",")}}`;
}
