import { list } from "../text/words";
import type { ContestedFacts } from "./contested";
import type { Activity, Registration, RoleRow } from "./facts";
import { gradeOf } from "./grade";
import { GRADES, type GrayCode, type Outcome, ROLES, type Stage } from "./vocabulary";
import { GRADE_WORDS, GRAY_WORDS, OUTCOME_WORDS, ROLE_WORDS } from "./words";

/**
 * What makes two contested cases alike (domain.md §8.6): of one kind, and the same of these five, read from the facts
 * that each was opened over, which never change. A case is like another from three of them on.
 */
export const TRAITS = ["facts", "roles", "evidence", "stage", "gaps"] as const;
export type Trait = (typeof TRAITS)[number];
const LIKE_FROM = 3;
/** From so many like cases on there is a usual decision, if at least so large a share of them agree. */
const USUAL_FROM = 2;
const USUAL_SHARE = 2 / 3;

export type Decision = "rule_upheld" | "ruling" | "learning";

/** What a case is known by: a word for each trait, equal exactly where two cases are the same in it. */
export type Traits = Readonly<Record<Trait, string>>;

export type CaseKind = GrayCode | "other";
type Contested = Pick<ContestedFacts, "registrations" | "roles" | "activities">;

/** Reads the traits of a case from its contested facts. */
export function traitsOf({ registrations, roles, activities }: Contested): Traits {
  const all = [...registrations, ...roles, ...activities];
  const grade = GRADES.findLast((one) => all.some((fact) => gradeOf(fact) === one));
  const named = ROLES.filter((role) => roles.some((row) => row.role === role));
  return {
    facts: list(
      [
        [registrations.length, "a registration"] as const,
        [roles.length, "a role row"] as const,
        [activities.length, "an activity"] as const,
      ].flatMap(([count, word]) => (count > 0 ? [word] : [])),
    ),
    roles: list(named.map((role) => ROLE_WORDS[role].label.toLowerCase())),
    evidence: grade === undefined ? "" : GRADE_WORDS[grade].label.toLowerCase(),
    stage: stageBand(roles, activities),
    gaps: list(gapsOf(registrations, roles, activities)),
  };
}

/** Before an opportunity, early, while selling, at the close, or after it: where the earliest of it happened. */
function stageBand(roles: readonly RoleRow[], activities: readonly Activity[]): string {
  const stages: Stage[] = [...roles.map((row) => row.touchStage), ...activities.map(({ stage }) => stage)];
  if (stages.length === 0) return "";
  const first = Math.min(...stages);
  if (first === 0) return "before there was an opportunity";
  if (first === 1) return "at demand and awareness";
  if (first <= 3) return "in the selling stages";
  return first <= 5 ? "at proposal or close" : "after the sale";
}

function gapsOf(
  registrations: readonly Registration[],
  roles: readonly RoleRow[],
  activities: readonly Activity[],
): string[] {
  return [
    ...(roles.some((row) => row.confirmedOn === null) ? ["the AE's confirmation is missing"] : []),
    ...(activities.some(({ proof }) => proof === null) ? ["proof is missing"] : []),
    ...(registrations.some(({ status }) => status === "pending") ? ["approval is missing"] : []),
  ];
}

/** A case that was decided. */
export interface Decided {
  id: string;
  kind: CaseKind;
  traits: Traits;
  decision: Decision;
  /** With a ruling. */
  outcome: Outcome | null;
  /** When it was settled: an instant or a day, as text that compares. */
  at: string;
}

export interface Like<D extends Decided> {
  decided: D;
  /** In which it is the same, in the order of the traits. */
  shared: Trait[];
}

/** The like ones among decided cases: the closest first, of equals the newest, then by id. */
export function likeCases<D extends Decided>(
  { kind, traits }: { kind: CaseKind; traits: Traits },
  decided: readonly D[],
): Like<D>[] {
  return decided
    .filter((one) => one.kind === kind)
    .map((one) => ({ decided: one, shared: TRAITS.filter((trait) => one.traits[trait] === traits[trait]) }))
    .filter(({ shared }) => shared.length >= LIKE_FROM)
    .sort(
      (one, other) =>
        other.shared.length - one.shared.length ||
        (other.decided.at > one.decided.at ? 1 : other.decided.at < one.decided.at ? -1 : 0) ||
        (one.decided.id < other.decided.id ? -1 : 1),
    );
}

/** A decision as cases are counted by: what, and with a ruling which outcome. */
export type Choice = Pick<Decided, "decision" | "outcome">;

/** How like cases were decided most often, and by how many of how many; null while there is no such thing. */
export interface Usual extends Choice {
  count: number;
  of: number;
}

export function usualOf(like: readonly { decided: Choice }[]): Usual | null {
  const counts = new Map<string, Usual>();
  for (const { decided } of like) {
    const key = keyOf(decided);
    const known = counts.get(key);
    const { decision, outcome } = decided;
    counts.set(key, { decision, outcome, count: (known?.count ?? 0) + 1, of: like.length });
  }
  const [most] = [...counts.values()].sort(
    (one, other) => other.count - one.count || (keyOf(one) < keyOf(other) ? -1 : 1),
  );
  if (!most || like.length < USUAL_FROM || most.count / like.length < USUAL_SHARE) return null;
  return most;
}

const keyOf = ({ decision, outcome }: Choice) => `${decision} ${outcome ?? ""}`;

/** Whether a decision goes against how like cases are usually decided. */
export function contradicts(usual: Usual | null, choice: Choice): boolean {
  return usual !== null && keyOf(usual) !== keyOf(choice);
}

/** "3 of 3 like cases were ruled influenced." */
export function usualSentence(usual: Usual): string {
  return `${usual.count} of ${usual.of} like cases ${usual.count === 1 ? "was" : "were"} ${choicePhrase(usual)}.`;
}

/** How a case was decided, after "was". */
export function choicePhrase({ decision, outcome }: Choice): string {
  if (decision === "ruling" && outcome !== null) return `ruled ${OUTCOME_WORDS[outcome].label.toLowerCase()}`;
  return decision === "learning" ? "kept as a learning" : "left as the rule says";
}

/** Why a case is like another: the kind, and each trait in which they are the same. */
export function likenessSentence(kind: CaseKind, traits: Traits, shared: readonly Trait[]): string {
  const said = shared.flatMap((trait) => (traits[trait] === "" ? [] : [SAID[trait](traits[trait])]));
  const missing =
    shared.length === TRAITS.length ? "Alike in all" : `Alike in ${shared.length} of ${TRAITS.length}`;
  const name = kind === "other" ? "a case of its own" : GRAY_WORDS[kind].label.toLowerCase();
  return `${missing}: ${list([name, ...said])}.`;
}

const SAID: Readonly<Record<Trait, (value: string) => string>> = {
  facts: (value) => `over ${value}`,
  roles: (value) => `as ${value}`,
  evidence: (value) => value,
  stage: (value) => value,
  gaps: (value) => value,
};
