import { type Evidence, evidenceFrom, gradeOf, reaches } from "./evidence";
import type { Frame } from "./frame";
import { decide, isCredited, rank } from "./models";
import { runTests } from "./tests";
import type { Grade, Outcome } from "./vocabulary";

/**
 * The evidence of an outcome (domain.md §5): the highest grade at which the partner's facts of that grade or
 * better, the other partners as they are, earn as good an outcome; at least countersigned where a ruling gave
 * it. Null without credit. Facts of one grade are of that grade: nothing is judged again for them.
 */
export function gradeOfOutcome(
  frame: Frame,
  evidence: Evidence,
  outcome: Outcome,
  dealIsSourced: boolean,
): Grade | null {
  if (!isCredited(outcome)) return null;
  const { policy } = frame;
  const counting = evidenceFrom(evidence, policy.evidence);
  const grades = new Set<Grade>();
  for (const facts of [counting.registrations, counting.roles, counting.activities]) {
    for (const fact of facts) grades.add(gradeOf(fact));
  }
  const earnedFrom = (least: Grade) => {
    const { passed } = runTests(frame, counting, { dealIsSourced, least });
    return rank(policy.model, decide(policy, passed)) <= rank(policy.model, outcome);
  };
  const ruled = evidence.ruling !== null;
  if (grades.has("witnessed") && ((!ruled && grades.size === 1) || earnedFrom("witnessed"))) {
    return "witnessed";
  }
  if (ruled || !grades.has("stated")) return "countersigned";
  return grades.size > 1 && earnedFrom("countersigned") ? "countersigned" : "stated";
}

/** The better of two grades; null is none. */
export function betterGrade(one: Grade | null, other: Grade | null): Grade | null {
  if (one === null || other === null) return one ?? other;
  return reaches(one, other) ? one : other;
}
