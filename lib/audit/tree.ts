import { createHash } from "node:crypto";

/**
 * The Merkle tree of RFC 6962 and RFC 9162 §2.1, over SHA-256: what an entry's leaf is, what a root is made of, which
 * hashes prove that an entry is in a tree or that one tree is the beginning of another, and what holds such a proof
 * to be one. Pure; where hashes are kept is for others to know. Hashes are 64 hexadecimal digits.
 */

/** A complete subtree: `2 ** level` leaves from `place * 2 ** level` on. */
export interface Subtree {
  level: number;
  place: number;
}

/** A node of the tree by the leaves under it: from the first up to, not including, the last. */
export type Span = readonly [from: number, to: number];

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** The root of a tree without entries. */
export const EMPTY_ROOT = sha256("");

/** The leaf of an entry, over its bytes (a text's are UTF-8). */
export const leafHash = (entry: string | Buffer): string => sha256(LEAF, entry);

export const nodeHash = (left: string, right: string): string =>
  sha256(NODE, Buffer.from(left, "hex"), Buffer.from(right, "hex"));

/** The largest power of two below a size over one. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The complete subtrees that a node is made of, largest first: one a binary digit of its width. */
export function subtreesOf([from, to]: Span): Subtree[] {
  const found: Subtree[] = [];
  for (let at = from; at < to; ) {
    let level = 0;
    while (at + 2 ** (level + 1) <= to) level++;
    found.push({ level, place: at / 2 ** level });
    at += 2 ** level;
  }
  return found;
}

/** The hash of a node from those of the complete subtrees that it is made of, largest first. */
export function joined(hashes: readonly string[]): string {
  return hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** A tree that grows: the complete subtrees that it is made of now, largest first. */
export class Growing {
  private readonly peaks: { level: number; hash: string }[];

  /** @param hashes those of `subtreesOf([0, size])` */
  constructor(
    public size = 0,
    hashes: readonly string[] = [],
  ) {
    this.peaks = subtreesOf([0, size]).map(({ level }, at) => ({ level, hash: hashes[at] as string }));
  }

  /** Adds a leaf, and tells each complete subtree that it completes, the leaf first. */
  add(leaf: string, complete: (subtree: Subtree, hash: string) => void = () => {}): void {
    let level = 0;
    let hash = leaf;
    complete({ level, place: this.size }, hash);
    for (let last = this.peaks.at(-1); last?.level === level; last = this.peaks.at(-1)) {
      hash = nodeHash(last.hash, hash);
      this.peaks.pop();
      level++;
      complete({ level, place: (this.size + 1) / 2 ** level - 1 }, hash);
    }
    this.peaks.push({ level, hash });
    this.size++;
  }

  root(): string {
    return joined(this.peaks.map(({ hash }) => hash));
  }
}

/** The nodes that prove the leaf at a place in a tree of a size, the nearest first (RFC 9162 §2.1.3.1). */
export function inclusionPath(place: number, size: number): Span[] {
  const path: Span[] = [];
  for (let [from, to] = [0, size]; to - from > 1; ) {
    const middle = from + splitOf(to - from);
    if (place < middle) {
      path.unshift([middle, to]);
      to = middle;
    } else {
      path.unshift([from, middle]);
      from = middle;
    }
  }
  return path;
}

/** The nodes that prove that a tree is the beginning of a larger one (RFC 9162 §2.1.4.1). */
export function consistencyPath(first: number, second: number): Span[] {
  if (first === 0 || first === second) return [];
  const path: Span[] = [];
  let [from, to] = [0, second];
  while (to !== first) {
    const middle = from + splitOf(to - from);
    if (first <= middle) {
      path.unshift([middle, to]);
      to = middle;
    } else {
      path.unshift([from, middle]);
      from = middle;
    }
  }
  // What is left is the whole first tree, which its reader has, or its right edge.
  return from === 0 ? path : [[from, to], ...path];
}

/** Whether the proof shows that the leaf is at its place in the tree of that size and root (RFC 9162 §2.1.3.2). */
export function isIncluded(
  leaf: string,
  place: number,
  { size, root }: { size: number; root: string },
  proof: readonly string[],
): boolean {
  if (place >= size) return false;
  let [at, last, hash] = [place, size - 1, leaf];
  for (const one of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(one, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, one);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash === root;
}

/** Whether the proof shows that the first tree is the beginning of the second (RFC 9162 §2.1.4.2). */
export function isConsistent(
  first: { size: number; root: string },
  second: { size: number; root: string },
  proof: readonly string[],
): boolean {
  if (first.size > second.size) return false;
  if (first.size === second.size) return proof.length === 0 && first.root === second.root;
  if (first.size === 0) return proof.length === 0 && first.root === EMPTY_ROOT;
  const isWhole = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = isWhole ? [first.root, ...proof] : proof;
  if (start === undefined) return false;
  let [at, last] = [first.size - 1, second.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [was, is] = [start, start];
  for (const one of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [was, is] = [nodeHash(one, was), nodeHash(one, is)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else is = nodeHash(is, one);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && was === first.root && is === second.root;
}
