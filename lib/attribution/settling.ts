import { classify } from "./classify";
import { type Clause, clauseApplies, clauseText } from "./clauses";
import type { Facts } from "./facts";
import type { Policy } from "./policy";
import type { Result } from "./result";
import { GRADES, type GrayCode, type Outcome } from "./vocabulary";

/**
 * Which clause, read otherwise, would have settled most of a year's cases: what an amendment could be about.
 * Source: domain.md §8.8.
 */

/** A case with the facts of its deal. */
export interface YearsCase {
  id: string;
  kind: GrayCode;
  facts: Facts;
  /** What the two ruled, for whom; null where they left the rule as it is, or have not decided. */
  ruling: { partnerId: string; outcome: Outcome } | null;
  /** Whether the two have decided it at all. */
  decided: boolean;
}

/** One clause of a memo read otherwise. */
export interface Variant {
  clause: Clause;
  policy: Policy;
}

/** A clause read otherwise, with what it would have made of the cases. */
export interface Settling extends Variant {
  /** Cases that it would have settled, in order of id. */
  settles: string[];
  /** Cases that it would have judged otherwise than the two did, in order of id. */
  against: string[];
}

const DAYS = [7, 14, 30, 60, 90];
const WINDOWS = [null, 30, 60, 90, 180];

/** Every single clause that the memo's terms let be read otherwise, one step or one choice away. */
export function variantsOf(policy: Policy): Variant[] {
  const { recordWithin, updates } = policy;
  const variant = (clause: Clause, changes: Partial<Policy>): Variant => ({
    clause,
    policy: { ...policy, ...changes },
  });
  const steps = (value: number, least: number, most: number) =>
    [value - 1, value + 1].filter((one) => one >= least && one <= most);
  return [
    ...GRADES.map((evidence) => variant("buckets.evidence", { evidence })),
    ...DAYS.flatMap((days) =>
      (["flag", "refuse"] as const).map((consequence) =>
        variant("edge-cases.delay", { recordWithin: { ...recordWithin, days, consequence } }),
      ),
    ),
    ...(["refuse", "with_contemporaneous_evidence"] as const).map((lateRecording) =>
      variant("edge-cases.late-tagging", { lateRecording }),
    ),
    ...(["flag", "dispute"] as const).map((consequence) =>
      variant("stage-rules.updates", { updates: { ...updates, consequence } }),
    ),
    variant("edge-cases.programs", { programs: [] }),
    ...(["ignore", "influence"] as const).map((postSale) => variant("edge-cases.post-sale", { postSale })),
    ...[true, false].map((assisted) => variant("buckets.late-help", { assisted })),
    ...steps(policy.sourcedAtOrBefore, 0, policy.influencedBefore - 1).map((sourcedAtOrBefore) =>
      variant("stage-rules.sourced-gate", { sourcedAtOrBefore }),
    ),
    ...steps(policy.influencedBefore, policy.sourcedAtOrBefore + 1, 6).map((influencedBefore) =>
      variant("stage-rules.influence-gate", { influencedBefore }),
    ),
    ...WINDOWS.map((influenceWindowDays) => variant("buckets.documented", { influenceWindowDays })),
    ...steps(policy.coSellMinimum, 1, 9).map((coSellMinimum) =>
      variant("buckets.co-sell", { coSellMinimum }),
    ),
  ].filter(
    (one) =>
      clauseApplies(one.clause, one.policy) &&
      clauseText(one.clause, one.policy) !== clauseText(one.clause, policy),
  );
}

/**
 * The clauses that would have settled some case, those that settle most first, then those that go against fewest.
 * A ruling is settled where the text alone gives that partner that outcome; any other case where it is not gray any
 * more and the deal is judged as it stands. Rulings themselves are left out of the facts: the text is to do without them.
 */
export function settlingClauses(policy: Policy, cases: readonly YearsCase[]): Settling[] {
  const known = cases.map((one) => {
    const facts: Facts = { ...one.facts, rulings: [] };
    const stands = classify(policy, one.facts).outcome;
    return { ...one, facts, stands, before: classify(policy, facts) };
  });
  return variantsOf(policy)
    .map((variant) => {
      const settles: string[] = [];
      const against: string[] = [];
      for (const one of known) {
        const after = classify(variant.policy, one.facts);
        if (isSettled(one, after)) settles.push(one.id);
        else if (goesAgainst(one, after)) against.push(one.id);
      }
      return { ...variant, settles: settles.sort(), against: against.sort() };
    })
    .filter(({ settles }) => settles.length > 0)
    .sort(
      (one, other) => other.settles.length - one.settles.length || one.against.length - other.against.length,
    );
}

/** `before`: by the text alone; `stands`: the deal's outcome with every ruling about it. */
type Known = YearsCase & { before: Result; stands: Outcome };

const outcomeOf = ({ partners }: Result, id: string) =>
  partners.find(({ partnerId }) => partnerId === id)?.outcome;

function isSettled({ kind, ruling, before, stands }: Known, after: Result): boolean {
  if (ruling !== null)
    return (
      outcomeOf(after, ruling.partnerId) === ruling.outcome &&
      outcomeOf(before, ruling.partnerId) !== ruling.outcome
    );
  return before.gray.includes(kind) && !after.gray.includes(kind) && after.outcome === stands;
}

/** The text would take away what the two gave, or judge otherwise what they left as it is; it does not so now. */
function goesAgainst({ ruling, decided, before, stands }: Known, after: Result): boolean {
  if (ruling === null) return decided && before.outcome === stands && after.outcome !== stands;
  const [was, is] = [outcomeOf(before, ruling.partnerId), outcomeOf(after, ruling.partnerId)];
  return was !== is && is !== ruling.outcome;
}
