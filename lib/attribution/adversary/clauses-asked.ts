import { classify } from "../classify";
import type { Clause } from "../clauses";
import type { Facts, PartnerFacts } from "../facts";
import type { Policy } from "../policy";
import type { Outcome } from "../vocabulary";
import type { Hand } from "./hands";
import { factsAfter, findHoles, type Hole, partnerOfHole, type SearchOptions } from "./search";

/** The clauses that say what a single hand is worth, each as strict as it can be read; the particular before the general. */
const STRICTER: readonly (readonly [Clause, Partial<Policy>])[] = [
  ["edge-cases.delay", { recordWithin: { days: 0, consequence: "refuse" } }],
  ["edge-cases.late-tagging", { lateRecording: "refuse" }],
  ["edge-cases.programs", { programs: [] }],
  ["edge-cases.post-sale", { postSale: "ignore" }],
  ["buckets.late-help", { assisted: false }],
  ["buckets.evidence", { evidence: "countersigned" }],
];

const LOOSER: readonly (readonly [Clause, Partial<Policy>])[] = [
  ["buckets.evidence", { evidence: "stated" }],
  ["edge-cases.delay", { recordWithin: { days: 0, consequence: "flag" } }],
  ["edge-cases.late-tagging", { lateRecording: "with_contemporaneous_evidence" }],
  ["edge-cases.post-sale", { postSale: "influence" }],
  ["buckets.late-help", { assisted: true }],
];

/**
 * The clauses that let a hole through as they read: were any one of them as strict as it can be, the writes would
 * not earn it.
 */
export function letThrough(
  policy: Policy,
  facts: Facts,
  hole: Hole,
  options: Pick<SearchOptions, "powers" | "others"> = {},
): Clause[] {
  const after = factsAfter(facts, hole, options);
  const partnerId = partnerOfHole(hole);
  const earns = (strict: Policy) =>
    classify(strict, after).partners.find((one) => one.partnerId === partnerId)?.outcome === hole.outcome;
  return STRICTER.flatMap(([clause, strict]) => (earns({ ...policy, ...strict }) ? [] : [clause]));
}

/**
 * The clause that keeps a hand from an outcome on this deal: the first without which it would be open to it. Null when
 * it is no clause, but what this hand may write at all (§9), or what the deal is.
 */
export function stoppedBy(
  policy: Policy,
  facts: Facts,
  { hand, outcome }: { hand: Hand; outcome: Outcome },
  others: readonly PartnerFacts[] = [],
): Clause | null {
  const opens = ([, loose]: readonly [Clause, Partial<Policy>]) =>
    findHoles({ ...policy, ...loose }, facts, { others, hands: [hand] }).some(
      (hole) => hole.outcome === outcome,
    );
  return LOOSER.find(opens)?.[0] ?? null;
}
