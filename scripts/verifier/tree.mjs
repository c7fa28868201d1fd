import { createHash } from "node:crypto";

/** The Merkle tree of RFC 9162 §2.1 over SHA-256. Hashes are buffers here and hexadecimal where they are told. */
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const leafOf = (bytes) => createHash("sha256").update(LEAF).update(bytes).digest();
const nodeOf = (left, right) => createHash("sha256").update(NODE).update(left).update(right).digest();

/** A tree that leaves are added to, one after the other. */
export class Tree {
  size = 0;
  /** The complete subtrees so far, the largest first. */
  #peaks = [];

  add(leaf) {
    let hash = leaf;
    // Each trailing one of the size in binary is a subtree as large as the one that has just been completed.
    for (let size = this.size; size % 2 === 1; size = (size - 1) / 2) hash = nodeOf(this.#peaks.pop(), hash);
    this.#peaks.push(hash);
    this.size += 1;
  }

  root() {
    if (this.size === 0) return createHash("sha256").digest("hex");
    return this.#peaks.reduceRight((right, left) => nodeOf(left, right)).toString("hex");
  }
}

/** The root that a leaf at a place, with the hashes beside its way, gives in a tree of a size (RFC 9162 §2.1.3.2); null where it gives none. */
export function rootFromProof(leaf, place, size, path) {
  if (!Number.isSafeInteger(place) || place < 0 || place >= size) return null;
  let [at, last, hash] = [BigInt(place), BigInt(size) - 1n, leaf];
  for (const one of path) {
    if (last === 0n) return null;
    const beside = Buffer.from(one, "hex");
    if (at % 2n === 1n || at === last) {
      hash = nodeOf(beside, hash);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    } else hash = nodeOf(hash, beside);
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n ? hash.toString("hex") : null;
}
