import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  consistencyPath,
  EMPTY_ROOT,
  Growing,
  inclusionPath,
  isConsistent,
  isIncluded,
  joined,
  leafHash,
  nodeHash,
  type Span,
  subtreesOf,
} from "./tree";

/** The eight entries of the reference implementation's vectors (certificate-transparency, merkletree). */
const ENTRIES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => leafHash(Buffer.from(hex, "hex")));

/** The tree by its definition (RFC 6962 §2.1). */
function rootOf(leaves: readonly string[]): string {
  if (leaves.length < 2) return leaves[0] ?? EMPTY_ROOT;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}
const proofOf = (leaves: readonly string[], path: readonly Span[]) =>
  path.map(([from, to]) => rootOf(leaves.slice(from, to)));
const headOf = (leaves: readonly string[]) => ({ size: leaves.length, root: rootOf(leaves) });

describe("the vectors of RFC 6962's reference implementation", () => {
  test.each([
    [0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    [1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
    [2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    [3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"],
    [4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    [5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"],
    [6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"],
    [7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"],
    [8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
  ])("the root of the first %i entries", (size, root) => {
    const tree = new Growing();
    for (const leaf of ENTRIES.slice(0, size)) tree.add(leaf);
    expect(tree.root()).toBe(root);
    expect(rootOf(ENTRIES.slice(0, size))).toBe(root);
  });

  test.each([
    [0, 1, []],
    [
      0,
      8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ],
    ],
    [
      5,
      8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ],
    ],
    [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
    [
      1,
      5,
      [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ],
    ],
  ])("the entry at %i among %i", (place, size, proof) => {
    const leaves = ENTRIES.slice(0, size);
    expect(proofOf(leaves, inclusionPath(place, size))).toEqual(proof);
    expect(isIncluded(ENTRIES[place]!, place, headOf(leaves), proof)).toBe(true);
  });

  test.each([
    [1, 1, []],
    [
      1,
      8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ],
    ],
    [
      6,
      8,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ],
    ],
    [
      2,
      5,
      [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ],
    ],
  ])("from the first %i to %i", (first, second, proof) => {
    const [was, is] = [ENTRIES.slice(0, first), ENTRIES.slice(0, second)];
    expect(proofOf(is, consistencyPath(first, second))).toEqual(proof);
    expect(isConsistent(headOf(was), headOf(is), proof)).toBe(true);
  });
});

const size = fc.integer({ min: 1, max: 300 });
const leavesOf = (count: number, salt = "") => Array.from({ length: count }, (_, at) => leafHash(salt + at));

test("a tree grows to what its definition says, and tells each complete subtree once", () => {
  fc.assert(
    fc.property(size, size, (before, more) => {
      const leaves = leavesOf(before + more);
      const kept = subtreesOf([0, before]).map(({ level, place }) =>
        rootOf(leaves.slice(place * 2 ** level, (place + 1) * 2 ** level)),
      );
      expect(joined(kept)).toBe(rootOf(leaves.slice(0, before)));
      const tree = new Growing(before, kept);
      let completed = 0;
      for (const leaf of leaves.slice(before))
        tree.add(leaf, ({ level, place }, hash) => {
          completed++;
          expect(hash).toBe(rootOf(leaves.slice(place * 2 ** level, (place + 1) * 2 ** level)));
        });
      expect(tree.root()).toBe(rootOf(leaves));
      // A tree of n leaves has n complete subtrees for every half.
      const ones = (n: number) => n.toString(2).replaceAll("0", "").length;
      expect(completed).toBe(2 * more - ones(before + more) + ones(before));
    }),
    { numRuns: 60 },
  );
});

test("an entry is proved where it is, and nowhere else, and no other entry is", () => {
  fc.assert(
    fc.property(size, fc.nat(), fc.nat(), (count, at, elsewhere) => {
      const leaves = leavesOf(count);
      const [place, other] = [at % count, elsewhere % count];
      const proof = proofOf(leaves, inclusionPath(place, count));
      expect(isIncluded(leaves[place]!, place, headOf(leaves), proof)).toBe(true);
      expect(isIncluded(leafHash("forged"), place, headOf(leaves), proof)).toBe(false);
      expect(isIncluded(leaves[place]!, other, headOf(leaves), proof)).toBe(place === other);
      expect(isIncluded(leaves[place]!, place, headOf(leaves), [...proof, leaves[0]!])).toBe(false);
      if (proof.length > 0)
        expect(isIncluded(leaves[place]!, place, headOf(leaves), proof.slice(1))).toBe(false);
    }),
  );
});

test("the beginning of a tree is proved, and a tree that was rewritten, cut or grown from another is not", () => {
  fc.assert(
    fc.property(size, fc.nat(300), fc.nat(), (count, more, where) => {
      const leaves = leavesOf(count + more);
      const path = consistencyPath(count, count + more);
      const was = headOf(leaves.slice(0, count));
      expect(isConsistent(was, headOf(leaves), proofOf(leaves, path))).toBe(true);
      const rewritten = leaves.with(where % count, leafHash("forged"));
      expect(isConsistent(was, headOf(rewritten), proofOf(rewritten, path))).toBe(false);
      if (more === 0) return;
      expect(isConsistent(headOf(leaves), was, proofOf(leaves, path))).toBe(false);
      expect(isConsistent(was, headOf(leaves), proofOf(leaves, path).slice(0, -1))).toBe(false);
    }),
  );
});
