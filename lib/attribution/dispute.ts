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
 * confirmations last, and stays open where the better outcome holds without it.
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
  const gaps = gapsOf(evidence);
  if (gaps.length === 0 && first.shortfalls.length === 0) return null;

  const judge = (filled: readonly Gap[], updatesMet: boolean) => {
    const findings = runTests(frame, fillGaps(evidence, filled), { dealIsSourced, updatesMet });
    return { findings, outcome: decide(policy, findings.passed) };
  };
  const better = judge(gaps, true).outcome;
  if (rank(policy.model, better) >= rank(policy.model, outcome)) return null;

  let needed: readonly Gap[] = gaps;
  for (const gap of [...gaps].reverse()) {
    const without = needed.filter((other) => other !== gap);
    if (judge(without, true).outcome === better) needed = without;
  }
  const settled = judge(needed, false);
  const missing: Missing[] = [...needed];
  if (settled.outcome !== better) {
    for (const { month, count } of settled.findings.shortfalls) {
      missing.push({ factId: frame.deal.id, lacks: "updates", month, count });
    }
  }
  return { outcome: better, missing };
}
