import { randomBytes } from "node:crypto";

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Deal, partner, registration, role row, activity, user, mapping, import, policy (memo), backtest, learning, exception, note. */
type Prefix = "D" | "P" | "R" | "T" | "A" | "U" | "MAP" | "I" | "M" | "B" | "L" | "E" | "N";

/** A new id for something made here, `T-7K2M9QX4BD`: a prefix and 10 characters that read aloud well. */
export function newId(prefix: Prefix): string {
  let id = "";
  for (const byte of randomBytes(10)) id += ALPHABET[byte % ALPHABET.length];
  return `${prefix}-${id}`;
}

let last = 0;

/** A ruling's id, `X-…`: of two made on one day the later is the greater, since the later counts (§5 ruling). */
export function newRulingId(): string {
  last = Math.max(Date.now(), last + 1);
  let id = "";
  for (let rest = last; id.length < 9; rest = Math.floor(rest / ALPHABET.length)) {
    id = ALPHABET[rest % ALPHABET.length] + id;
  }
  return `X-${id}`;
}
