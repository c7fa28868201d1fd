import { fromHex, sha256, toHex } from "./bytes.mjs";

/** The Merkle tree of RFC 9162 §2.1 over SHA-256. Hashes are bytes here and hexadecimal where they are told. */
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafOf = (bytes) => sha256(LEAF, bytes);
const nodeOf = (left, right) => sha256(NODE, left, right);

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
    if (this.size === 0) return toHex(sha256());
    return toHex(this.#peaks.reduceRight((right, left) => nodeOf(left, right)));
  }
}

/** The root that a leaf at a place, with the hashes beside its way, gives in a tree of a size (RFC 9162 §2.1.3.2); null where it gives none. */
export function rootFromProof(leaf, place, size, path) {
  if (!Number.isSafeInteger(place) || place < 0 || place >= size) return null;
  let [at, last, hash] = [BigInt(place), BigInt(size) - 1n, leaf];
  for (const one of path) {
    if (last === 0n) return null;
    const beside = fromHex(one);
    if (at % 2n === 1n || at === last) {
      hash = nodeOf(beside, hash);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    } else hash = nodeOf(hash, beside);
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n ? toHex(hash) : null;
}

/**
 * Proofs that share their nodes: the hash of each node by the leaves under it, `0-256`. Every one must be needed, so
 * that nothing in a file goes unread.
 */
export class Nodes {
  #hashes;
  #used = new Set();

  constructor(hashes) {
    this.#hashes = hashes;
  }

  #node(from, to) {
    const name = `${from}-${to}`;
    const hash = Object.hasOwn(this.#hashes, name) ? String(this.#hashes[name]) : "";
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError(name);
    this.#used.add(name);
    return fromHex(hash);
  }

  /** The root of the tree over `from` to `to` that has the leaf at its place (RFC 9162 §2.1.3); null without its nodes. */
  rootWith(leaf, place, size) {
    const over = (from, to) => {
      if (to - from === 1) return leaf;
      const middle = from + splitOf(to - from);
      return place < middle
        ? nodeOf(over(from, middle), this.#node(middle, to))
        : nodeOf(this.#node(from, middle), over(middle, to));
    };
    if (!Number.isSafeInteger(place) || place < 0 || place >= size) return null;
    return this.#told(() => toHex(over(0, size)));
  }

  /** Whether the tree of a size and root is the beginning of another (SUBPROOF of RFC 9162 §2.1.4.1). */
  isBeginning(first, second) {
    const both = (size, from, to, isWhole) => {
      if (size === to - from) {
        const hash = isWhole ? fromHex(first.root) : this.#node(from, to);
        return [hash, hash];
      }
      const middle = from + splitOf(to - from);
      if (from + size <= middle) {
        const [was, is] = both(size, from, middle, isWhole);
        return [was, nodeOf(is, this.#node(middle, to))];
      }
      const left = this.#node(from, middle);
      const [was, is] = both(from + size - middle, middle, to, false);
      return [nodeOf(left, was), nodeOf(left, is)];
    };
    if (!Number.isSafeInteger(first.size) || first.size < 1 || first.size > second.size) return false;
    const roots = this.#told(() => both(first.size, 0, second.size, true).map(toHex));
    return roots !== null && roots[0] === first.root && roots[1] === second.root;
  }

  /** The first node that no proof needed; null when there is none. */
  unused() {
    return Object.keys(this.#hashes).find((name) => !this.#used.has(name)) ?? null;
  }

  #told(work) {
    try {
      return work();
    } catch (error) {
      if (error.name === "RangeError") return null;
      throw error;
    }
  }
}

/** The largest power of two below a size over one. */
function splitOf(size) {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
