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
  const counting = evidenceFrom(evidence, frame.policy.evidence);
  const grades = gradesIn(counting);
  const asked = { frame, counting, outcome, dealIsSourced };
  const ruled = evidence.ruling !== null;
  const witnessedAlone = !ruled && !grades.countersigned && !grades.stated;
  if (grades.witnessed && (witnessedAlone || earnedFrom(asked, "witnessed"))) return "witnessed";
  if (ruled || !grades.stated) return "countersigned";
  const mixed = grades.witnessed || grades.countersigned;
  return mixed && earnedFrom(asked, "countersigned") ? "countersigned" : "stated";
}

/** Whether the facts of that grade or better alone earn as good an outcome. */
function earnedFrom(
  {
    frame,
    counting,
    outcome,
    dealIsSourced,
  }: { frame: Frame; counting: Evidence; outcome: Outcome; dealIsSourced: boolean },
  least: Grade,
): boolean {
  const { policy } = frame;
  const { passed } = runTests(frame, counting, { dealIsSourced, least });
  return rank(policy.model, decide(policy, passed)) <= rank(policy.model, outcome);
}

/** Which grades the facts have. */
function gradesIn({ registrations, roles, activities }: Evidence): Record<Grade, boolean> {
  const grades = { stated: false, countersigned: false, witnessed: false };
  for (const fact of registrations) grades[gradeOf(fact)] = true;
  for (const fact of roles) grades[gradeOf(fact)] = true;
  for (const fact of activities) grades[gradeOf(fact)] = true;
  return grades;
}

/** The better of two grades; null is none. */
export function betterGrade(one: Grade | null, other: Grade | null): Grade | null {
  if (one === null || other === null) return one ?? other;
  return reaches(one, other) ? one : other;
}
