import { type Clause, clauseOfTest } from "./clauses";
import type { PartnerResult, Result } from "./result";
import type { Outcome, TestName } from "./vocabulary";

/** What a partner is on one side; no rule where it is not on the deal. */
export interface Side {
  outcome: Outcome;
  rule: string | null;
}

/** What differs for one partner between two results over the same facts. */
export interface PartnerDifference {
  partnerId: string;
  before: Side;
  after: Side;
  /** The tests that came out otherwise, with the clause of the memo that each carries out. */
  tests: { test: TestName; clause: Clause; before: boolean; after: boolean }[];
}

/** The partners of a deal whose outcome or deciding rule differs between two policies, in order of id. */
export function resultDifference(before: Result, after: Result): PartnerDifference[] {
  const was = new Map(before.partners.map((partner) => [partner.partnerId, partner]));
  const is = new Map(after.partners.map((partner) => [partner.partnerId, partner]));
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((partnerId) => {
    const [one, other] = [was.get(partnerId), is.get(partnerId)];
    if (one?.outcome === other?.outcome && one?.rule === other?.rule) return [];
    return { partnerId, before: sideOf(one), after: sideOf(other), tests: changedTests(one, other) };
  });
}

const sideOf = (partner: PartnerResult | undefined): Side => ({
  outcome: partner?.outcome ?? "none",
  rule: partner?.rule ?? null,
});

function changedTests(one: PartnerResult | undefined, other: PartnerResult | undefined) {
  const passed = new Map(one?.tests.map(({ test, passed }) => [test, passed]));
  return (other?.tests ?? []).flatMap(({ test, passed: after }) => {
    const before = passed.get(test);
    return before === undefined || before === after
      ? []
      : [{ test, clause: clauseOfTest(test), before, after }];
  });
}
