import { thousands } from "./numbers";

/** English as every sentence of the product needs it, without the product's own vocabulary. */

/** The word for one, or for any other number: `plural(2, "deal")` is `deals`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** A number with its word: `1 row`, `12,400 rows`, `2 cases wait`. */
export function count(number: number, one: string, many?: string): string {
  return `${thousands(number)} ${plural(number, one, many)}`;
}

/** A list in a sentence: `a, b and c`; of nothing, an empty text. */
export function list(words: readonly string[], last = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** The first letter large, as a sentence or a label begins. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A name from the code as small words: `touchedOn`, `touched_on` and `touched-on` are `touched on`. */
export function codeWords(code: string): string {
  return code
    .replace(/([A-Z])/g, " $1")
    .replace(/[_-]/g, " ")
    .toLowerCase();
}

/** How long to wait, for after "wait": `one minute`, `7 minutes`; a begun one counts. */
export function inMinutes(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return minutes === 1 ? "one minute" : `${minutes} minutes`;
}
