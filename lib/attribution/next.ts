import { binds, type Rule, rank, rulesOf } from "./models";
import type { Policy } from "./policy";
import type { NextStep, PartnerResult } from "./result";
import type { Findings } from "./tests";
import type { Outcome, TestName } from "./vocabulary";

/** How a test that fails is named as a step; `sourced` is its three parts, or origin alone when that lacks. */
function stepsOf(test: TestName, policy: Policy, findings: Findings): NextStep[] {
  const { passed } = findings;
  switch (test) {
    case "sourced":
      return passed.origin ? (["gate", "net_new"] as const).filter((part) => !passed[part]) : ["origin"];
    case "updates":
      return findings.shortfalls.map(({ month, count }) => `updates:${month}:${count}` as const);
    case "co_sell":
      return [`co_sell:${policy.coSellMinimum - findings.coSelling}`];
    case "post_sale":
      return []; // never the first of a rule's needs: `any` is named in its place
    default:
      return [test];
  }
}

/**
 * What is missing for the next better outcome (domain.md §6): the tests that keep its rule from holding.
 * Null for the best outcome. Outcomes that the policy switches off, and `disputed`, are not steps.
 */
export function nextStep(policy: Policy, outcome: Outcome, findings: Findings): PartnerResult["next"] {
  const rules = rulesOf(policy.model);
  for (let place = rank(policy.model, outcome) - 1; place >= 0; place--) {
    const { outcome: better, needs, unless } = rules[place] as Rule;
    const [tests] = needs;
    if (tests === undefined || unless?.(policy)) continue;
    const missing: NextStep[] = [];
    for (const test of tests) {
      if (!findings.passed[test] && binds(policy, test)) missing.push(...stepsOf(test, policy, findings));
    }
    return { outcome: better, missing };
  }
  return null;
}
