import type { Policy } from "./policy";
import type { Model, Outcome, TestName } from "./vocabulary";

/**
 * The four models: outcomes best first, the first rule that holds wins. Source: domain.md §5.
 * A rule holds when all tests of one of its `needs` pass; no `needs` at all holds for anybody on the deal.
 */
export interface Rule {
  outcome: Outcome;
  needs: readonly (readonly TestName[])[];
  /** Absent: always. */
  unless?: (policy: Policy) => boolean;
}

const SOURCED: Rule = { outcome: "sourced", needs: [["sourced", "updates"]] };
const MOTION: Rule = { outcome: "influenced", needs: [["motion"]] };

const RULES: Readonly<Record<Model, readonly Rule[]>> = {
  two_bucket: [
    SOURCED,
    MOTION,
    { outcome: "assisted", needs: [["late"]], unless: (policy) => !policy.assisted },
    { outcome: "none", needs: [[]] },
  ],
  triple_tier: [
    SOURCED,
    { outcome: "co_sell", needs: [["co_sell"]] },
    { outcome: "influence", needs: [["any"], ["post_sale"]] },
    { outcome: "none", needs: [[]] },
  ],
  roi_buckets: [
    SOURCED,
    { outcome: "accelerated", needs: [["in_time_role", "any", "accelerated"]] },
    { outcome: "influenced", needs: [["in_time_role", "any"]] },
    { outcome: "none", needs: [[]] },
  ],
  lanes: [
    SOURCED,
    MOTION,
    { outcome: "assisted_close", needs: [["late"]] },
    { outcome: "disputed", needs: [] }, // shown by a dispute when nothing better holds, never earned
    { outcome: "attached", needs: [[]] },
  ],
};

/** The model's rules, best first. */
export function rulesOf(model: Model): readonly Rule[] {
  return RULES[model];
}

/** The outcomes a partner can have under the model, best first. */
export function outcomesOf(model: Model): readonly Outcome[] {
  return RULES[model].map((rule) => rule.outcome);
}

/** The tests that the model's rules ask, directly. */
export function testsOf(model: Model): readonly TestName[] {
  return [...new Set(RULES[model].flatMap((rule) => rule.needs.flat()))];
}

/** How a result names the rule that decided, when no ruling did. */
export function ruleName(model: Model, outcome: Outcome): string {
  return `${model}.${outcome}`;
}

/** The outcome of a deal with nobody on it. */
export function outcomeOfNobody(model: Model): Outcome {
  return model === "lanes" ? "unattributed" : "none";
}

/** Place of the outcome in the model, 0 the best; an outcome that the model lacks comes last. */
export function rank(model: Model, outcome: Outcome): number {
  const rules = RULES[model];
  for (let place = 0; place < rules.length; place++) if (rules[place]!.outcome === outcome) return place;
  return rules.length;
}

/** Whether `test` keeps a partner from an outcome: missed updates only do when the memo says so (§4). */
export function binds(policy: Policy, test: TestName): boolean {
  return test !== "updates" || policy.updates.consequence === "dispute";
}

const INFLUENCED_FAMILY: ReadonlySet<Outcome> = new Set<Outcome>([
  "influenced",
  "assisted",
  "co_sell",
  "influence",
  "accelerated",
  "assisted_close",
]);

/** Whether the outcome counts as influenced in the numbers (§7, *influenced family*). */
export function isInfluencedFamily(outcome: Outcome): boolean {
  return INFLUENCED_FAMILY.has(outcome);
}

/** Whether the outcome counts as credited in the numbers and carries a credit line (§5 credit, §7). */
export function isCredited(outcome: Outcome): boolean {
  return outcome === "sourced" || INFLUENCED_FAMILY.has(outcome);
}
