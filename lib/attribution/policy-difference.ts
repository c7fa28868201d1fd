import {
  CLAUSES,
  type Clause,
  clauseApplies,
  clauseName,
  clauseText,
  type MemoSection,
  sectionOf,
} from "./clauses";
import { menuOf } from "./menu";
import type { Policy } from "./policy";
import { INVOLVEMENT_WORDS } from "./words";

/** One change between two policies, as its clause says it before and after; null where it says nothing. */
export interface ClauseChange {
  clause: Clause;
  section: MemoSection;
  name: string;
  before: string | null;
  after: string | null;
}

/**
 * The difference between two policies in words, in the order of the memo: a change for every clause that
 * reads otherwise, and one for every activity or program that came, went or is defined otherwise.
 * Empty exactly when the two memos read the same.
 */
export function policyDifference(before: Policy, after: Policy): ClauseChange[] {
  return CLAUSES.flatMap((clause) => {
    const change = (was: string | null, is: string | null): ClauseChange[] =>
      was === is
        ? []
        : [{ clause, section: sectionOf(clause), name: clauseName(clause), before: was, after: is }];
    const say = (policy: Policy) => (clauseApplies(clause, policy) ? clauseText(clause, policy) : null);
    const entries = (sentences: (policy: Policy) => ReadonlyMap<string, string>) => {
      const [was, is] = [sentences(before), sentences(after)];
      const keys = new Set([...was.keys(), ...is.keys()]);
      return [...keys].flatMap((key) => change(was.get(key) ?? null, is.get(key) ?? null));
    };
    if (clause === "activities.menu") return entries(activitySentences);
    const own = change(say(before), say(after));
    return clause === "edge-cases.programs" ? [...own, ...entries(programSentences)] : own;
  });
}

function activitySentences(policy: Policy): Map<string, string> {
  return new Map(
    menuOf(policy).map(({ type, label, definition, stages, involvement }) => [
      type,
      `${label}: ${definition} Usually at stages ${stages.join(", ") || "none"}, ${INVOLVEMENT_WORDS[involvement].label.toLowerCase()}.`,
    ]),
  );
}

function programSentences({ programDefinitions = [] }: Policy): Map<string, string> {
  return new Map(
    programDefinitions.map(({ program, label, definition }) => [program, `${label}: ${definition}`]),
  );
}
