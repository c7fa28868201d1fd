import { splitCredit } from "./credit";
import { type Dispute, findDispute } from "./dispute";
import { type Evidence, firstDay, gatherEvidence } from "./evidence";
import type { Facts } from "./facts";
import { type Frame, frameOf } from "./frame";
import { betterGrade, gradeOfOutcome } from "./grade";
import { findGray } from "./gray";
import { decide, outcomeOfNobody, rank, ruleName } from "./models";
import { nextStep } from "./next";
import type { Policy } from "./policy";
import type { PartnerResult, Result } from "./result";
import { type Findings, runTests } from "./tests";
import type { Grade, Outcome } from "./vocabulary";

/** One partner judged: by the first rule that holds, or by its ruling. */
interface Judged {
  evidence: Evidence;
  findings: Findings;
  outcome: Outcome;
  dispute: Dispute | null;
  disputed: Outcome | null;
  /** The evidence of the outcome; null without credit. */
  grade: Grade | null;
}

/**
 * What a policy makes of one deal (domain.md §4-§6): its outcome, every partner's outcome with tests,
 * dispute, credit in minor units of the deal's currency and next step, and the gray areas. Pure: the
 * same documents give the same result, whatever the order of their facts. Both must have been parsed
 * (`parsePolicy`, `parseFacts`) or come from a store with the same guards; nothing is refused here.
 */
export function classify(policy: Policy, facts: Facts): Result {
  const partners = gatherEvidence(facts, policy.model);
  if (partners.length === 0) {
    return { outcome: outcomeOfNobody(policy.model), evidence: null, partners: [], gray: [] };
  }

  const frame = frameOf(policy, facts);
  const dealIsSourced = asksForPostSale(frame) && partners.some((evidence) => isSourced(frame, evidence));
  const judged = partners.map((evidence) => judge(frame, evidence, dealIsSourced));
  const credit = splitCredit(
    facts.deal.amount,
    judged.map(({ evidence, outcome }) => ({
      partnerId: evidence.partnerId,
      outcome,
      firstDay: judged.length > 1 ? firstDay(evidence) : null,
    })),
  );
  const outcome = best(policy, judged);
  return {
    outcome,
    evidence: bestGrade(judged, outcome),
    partners: judged.map((partner, index) => explain(policy, partner, credit[index] ?? null)),
    gray: findGray(frame, judged),
  };
}

function asksForPostSale({ policy, closedOn }: Frame): boolean {
  return policy.postSale === "influence" && closedOn !== null;
}

/** Whether the partner's own outcome is sourced: rulings and withheld updates count, post-sale cannot. */
function isSourced(frame: Frame, evidence: Evidence): boolean {
  if (evidence.ruling !== null) return evidence.ruling.outcome === "sourced";
  return decide(frame.policy, runTests(frame, evidence, { dealIsSourced: false }).passed) === "sourced";
}

function judge(frame: Frame, evidence: Evidence, dealIsSourced: boolean): Judged {
  const findings = runTests(frame, evidence, { dealIsSourced });
  if (evidence.ruling !== null) {
    const { outcome } = evidence.ruling;
    const grade = gradeOfOutcome(frame, evidence, outcome, dealIsSourced);
    return { evidence, findings, outcome, dispute: null, disputed: null, grade };
  }
  const earned = decide(frame.policy, findings.passed);
  const dispute = findDispute(frame, evidence, findings, earned, dealIsSourced);
  // lanes alone has a place for the dispute itself, above attached (§5).
  const outcome = dispute !== null && earned === "attached" ? "disputed" : earned;
  const grade = gradeOfOutcome(frame, evidence, outcome, dealIsSourced);
  return { evidence, findings, outcome, dispute, disputed: dispute?.outcome ?? null, grade };
}

function best(policy: Policy, judged: readonly Judged[]): Outcome {
  let found = judged[0]!.outcome;
  for (const { outcome } of judged) {
    if (rank(policy.model, outcome) < rank(policy.model, found)) found = outcome;
  }
  return found;
}

/** The best evidence among the partners that have the deal's outcome. */
function bestGrade(judged: readonly Judged[], outcome: Outcome): Grade | null {
  let found: Grade | null = null;
  for (const partner of judged) if (partner.outcome === outcome) found = betterGrade(found, partner.grade);
  return found;
}

function explain(policy: Policy, judged: Judged, credit: number | null): PartnerResult {
  const { evidence, findings, outcome, dispute, disputed, grade } = judged;
  return {
    partnerId: evidence.partnerId,
    outcome,
    disputed,
    missing: dispute?.missing ?? [],
    credit: credit === null ? {} : { [outcome]: credit },
    evidence: grade,
    rule: evidence.ruling?.id ?? ruleName(policy.model, outcome),
    tests: findings.tests,
    next: evidence.ruling === null ? nextStep(policy, outcome, findings) : null,
  };
}
