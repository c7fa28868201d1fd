import { firstOfMonth } from "../calendar";
import { binds, type Rule, rank, rulesOf } from "./models";
import type { NextStep, PartnerResult } from "./result";
import { hasAll, ORIGIN, type Tests, testsIn } from "./tests";
import type { Outcome, TestName } from "./vocabulary";
import type { Weighing } from "./weighing";

/** How a test that fails is named as a step; `sourced` is its three parts, or origin alone when that lacks. */
function stepsOf(test: TestName, weighing: Weighing, passed: Tests): NextStep[] {
  switch (test) {
    case "sourced":
      if (!hasAll(passed, ORIGIN)) return ["origin"];
      return (["gate", "net_new"] as const).filter((part) => !hasAll(passed, testsIn([part])));
    case "updates":
      return weighing
        .shortfalls()
        .map(({ month, count }) => `updates:${firstOfMonth(month).slice(0, 7)}:${count}` as const);
    case "co_sell":
      return [`co_sell:${weighing.policy.coSellMinimum - weighing.coSelling}`];
    case "post_sale":
      return []; // never the first of a rule's needs: `any` is named in its place
    default:
      return [test];
  }
}

/**
 * What is missing for the next better outcome (domain.md §6): the tests that keep its rule from holding.
 * Null for the best outcome. Outcomes that the policy switches off, and `disputed`, are not steps.
 *
 * @param weighing of the partner, as it is
 */
export function nextStep(weighing: Weighing, outcome: Outcome, passed: Tests): PartnerResult["next"] {
  const { policy } = weighing;
  const rules = rulesOf(policy.model);
  for (let place = rank(policy.model, outcome) - 1; place >= 0; place--) {
    const { outcome: better, needs, unless } = rules[place] as Rule;
    const [tests] = needs;
    if (tests === undefined || unless?.(policy)) continue;
    const missing: NextStep[] = [];
    for (const test of tests) {
      if (!hasAll(passed, testsIn([test])) && binds(policy, test))
        missing.push(...stepsOf(test, weighing, passed));
    }
    return { outcome: better, missing };
  }
  return null;
}
