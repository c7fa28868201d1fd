import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { passwordQueue } from "./few-at-once";

/** Cost of scrypt: 2^15 × 8 × 128 bytes = 32 MiB and some 80 ms a guess. Kept in each hash, so it can be raised. */
const COST = { N: 1 << 15, r: 8, p: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const MEMORY = 64 << 20;

function derive(plain: string, salt: Buffer, cost: typeof COST, bytes: number): Promise<Buffer> {
  const work = () =>
    new Promise<Buffer>((resolve, reject) => {
      scrypt(plain.normalize("NFKC"), salt, bytes, { ...cost, maxmem: MEMORY }, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  return passwordQueue().run(work);
}

/**
 * The hash of a password as users.password_hash keeps it: `scrypt$N$r$p$salt$key`, salted at random.
 *
 * @throws Refusal `unavailable` when too many wait for theirs, as `verifyPassword` does
 */
export async function hashPassword(plain: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(plain, salt, COST, KEY_BYTES);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** What an unknown address is checked against, so that it takes as long to refuse as a known one. */
const NOBODY = `scrypt$${COST.N}$${COST.r}$${COST.p}$${"A".repeat(22)}$${"A".repeat(43)}`;

/**
 * Whether `plain` is the password behind `hash`; null (an address nobody has) is false after the same
 * work. Compares in constant time; a hash in another shape is false.
 */
export async function verifyPassword(plain: string, hash: string | null): Promise<boolean> {
  const [scheme, n, r, p, salt = "", key = ""] = (hash ?? NOBODY).split("$");
  if (scheme !== "scrypt") return false;
  const stored = Buffer.from(key, "base64url");
  if (stored.length !== KEY_BYTES) return false;
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  const given = await derive(plain, Buffer.from(salt, "base64url"), cost, KEY_BYTES);
  return timingSafeEqual(given, stored) && hash !== null;
}
