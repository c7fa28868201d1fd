import { type Evidence, fillGaps, type Gap, gapsOf } from "./evidence";
import type { Frame } from "./frame";
import { decide, rank } from "./models";
import type { Missing } from "./result";
import { type Findings, runTests } from "./tests";
import type { Outcome } from "./vocabulary";

export interface Dispute {
  /** The better outcome the partner would have. */
  outcome: Outcome;
  /** A smallest set of gaps whose filling earns it: none of them can be left out. */
  missing: Missing[];
}

/**
 * Judges the partner a second time with every gap in its own evidence filled and owed updates met, the
 * other partners as they are (domain.md §5 *dispute*). Null when that is no better than `outcome`.
 *
 * `missing` then leaves out what does not matter: gap after gap is opened again, approvals first and
 * second hands last, and stays open where the better outcome holds without it.
 */
export function findDispute(
  frame: Frame,
  evidence: Evidence,
  first: Findings,
  outcome: Outcome,
  dealIsSourced: boolean,
): Dispute | null {
  const { policy } = frame;
  if (rank(policy.model, outcome) === 0) return null;
  const gaps = gapsOf(evidence, policy.evidence);
  if (gaps.length === 0 && first.shortfalls.length === 0) return null;

  const supposition = { frame, evidence, dealIsSourced };
  const better = suppose(supposition, gaps, true).outcome;
  if (rank(policy.model, better) >= rank(policy.model, outcome)) return null;

  let needed: readonly Gap[] = gaps;
  for (const gap of [...gaps].reverse()) {
    const without = needed.filter((other) => other !== gap);
    if (suppose(supposition, without, true).outcome === better) needed = without;
  }
  const missing: Missing[] = [...needed];
  const filled = suppose(supposition, needed, false);
  if (filled.outcome !== better) {
    for (const { month, count } of filled.shortfalls) {
      missing.push({ factId: frame.deal.id, lacks: "updates", month, count });
    }
  }
  return { outcome: better, missing };
}

/** Judges again as if these gaps were filled and, if so told, owed updates were met. */
function suppose(
  { frame, evidence, dealIsSourced }: { frame: Frame; evidence: Evidence; dealIsSourced: boolean },
  filled: readonly Gap[],
  updatesMet: boolean,
) {
  const { passed, shortfalls } = runTests(frame, fillGaps(evidence, filled), { dealIsSourced, updatesMet });
  return { outcome: decide(frame.policy, passed), shortfalls };
}
