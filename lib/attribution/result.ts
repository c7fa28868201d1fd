import type { Grade, GrayCode, Outcome, TestName } from "./vocabulary";

/** The answer for one deal, as every surface shows it. Source: domain.md §6. */
export interface Result {
  outcome: Outcome;
  /** The best grade among the partners that have the deal's outcome; null without credit. */
  evidence: Grade | null;
  /** In order of id, by code unit; one for each partner on the deal. */
  partners: PartnerResult[];
  /** Sorted. */
  gray: GrayCode[];
}

export interface PartnerResult {
  partnerId: string;
  outcome: Outcome;
  /** The better outcome it would have with its own gaps filled; null when undisputed. */
  disputed: Outcome | null;
  /** What would settle the dispute: which fact lacks what. */
  missing: Missing[];
  /** Minor units of the deal's currency, by outcome; empty for none, attached and disputed. */
  credit: Partial<Record<Outcome, number>>;
  /** The highest grade at which its facts alone earn as good an outcome (§5); null without credit. */
  evidence: Grade | null;
  /** The rule that decided, `<model>.<outcome>`, or the ruling's id. */
  rule: string;
  tests: TestResult[];
  /** What is missing for the next better outcome; null when nothing better exists. */
  next: { outcome: Outcome; missing: NextStep[] } | null;
}

export interface TestResult {
  test: TestName;
  passed: boolean;
  /** Ids of the facts behind the verdict, sorted. */
  facts: string[];
}

/**
 * One thing that would settle a dispute. Updates are lacked by the deal: `count` more activities of the
 * partner in `month` (`YYYY-MM`), recorded by the close.
 */
export type Missing =
  | { factId: string; lacks: "proof" | "confirmation" | "approval" | "second_hand" }
  | { factId: string; lacks: "updates"; month: string; count: number };

/**
 * What the next better outcome still needs, as a code; sentences are made in sentence.ts.
 * `co_sell:n`, n more activities; `updates:YYYY-MM:n`, n more updates in that month.
 */
export type NextStep =
  | "origin"
  | "gate"
  | "net_new"
  | "motion"
  | "any"
  | "late"
  | "accelerated"
  | "in_time_role"
  | `co_sell:${number}`
  | `updates:${string}:${number}`;
