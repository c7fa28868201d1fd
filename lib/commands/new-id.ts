import { randomBytes } from "node:crypto";

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Deal, partner, registration, role row, activity, user, mapping, import, policy (memo), backtest, learning. */
type Prefix = "D" | "P" | "R" | "T" | "A" | "U" | "MAP" | "I" | "M" | "B" | "L";

/** A new id for something made here, `T-7K2M9QX4BD`: a prefix and 10 characters that read aloud well. */
export function newId(prefix: Prefix): string {
  let id = "";
  for (const byte of randomBytes(10)) id += ALPHABET[byte % ALPHABET.length];
  return `${prefix}-${id}`;
}
