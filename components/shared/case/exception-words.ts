import { GRAY_CODES } from "@/lib/attribution/vocabulary";
import { GRAY_WORDS, OUTCOME_WORDS, type Word } from "@/lib/attribution/words";
import { count, list } from "@/lib/text/words";
import type { Choice, Decision, ExceptionLine, Kind, Side, State } from "./answers";

export const KINDS = [...GRAY_CODES, "other"] as const satisfies readonly Kind[];

export const KIND_WORDS: Readonly<Record<Kind, Word>> = {
  ...GRAY_WORDS,
  other: { label: "Other", definition: "Contested for a reason that the memo does not name." },
};

/** In the order of their keys, `1`-`3`. */
export const DECISIONS = ["rule_upheld", "ruling", "learning"] as const satisfies readonly Decision[];

/** What a case can come to (domain.md §8.6). */
export const DECISION_WORDS: Readonly<Record<Decision, Word>> = {
  rule_upheld: { label: "Rule upheld", definition: "The memo decides as written. Nothing changes." },
  ruling: { label: "Ruling", definition: "A partner gets the outcome named here, on this deal alone." },
  learning: {
    label: "Learning",
    definition: "The memo decides as written, and the wish is kept for the annual amendment.",
  },
};

export const SIDES = ["finance", "partnerships"] as const satisfies readonly Side[];
export const SIDE_WORDS: Readonly<Record<Side, string>> = {
  finance: "Finance",
  partnerships: "Partnerships",
};

export const STATES = [
  "open",
  "deferred",
  "decided",
  "put_right",
  "withdrawn",
] as const satisfies readonly State[];
export const STATE_WORDS: Readonly<Record<State, string>> = {
  open: "Open",
  deferred: "Deferred",
  decided: "Decided",
  put_right: "Put right",
  withdrawn: "Withdrawn",
};

/** Whether anything can still be decided about it. */
export const isUnsettled = ({ state }: Pick<ExceptionLine, "state">) =>
  state === "open" || state === "deferred";

/** What settled it, in words: a decision, or the facts themselves. */
export function settlementWords(by: NonNullable<ExceptionLine["settled"]>["by"]): string {
  if (by === "withdrawn") return "Withdrawn";
  return by === "facts" ? "Facts put right" : DECISION_WORDS[by].label;
}

/** A ruling in words, "Hallmark is sourced"; null for the other decisions. */
export function rulingWords({ partner, outcome }: Pick<Choice, "partner" | "outcome">): string | null {
  if (!partner || !outcome) return null;
  return outcome === "none"
    ? `${partner.name} is not credited`
    : `${partner.name} is ${OUTCOME_WORDS[outcome].label.toLowerCase()}`;
}

/** A choice in words: "Ruling: Hallmark is sourced". */
export function choiceWords(choice: Choice): string {
  const { label } = DECISION_WORDS[choice.decision];
  const ruling = rulingWords(choice);
  return ruling ? `${label}: ${ruling}` : label;
}

/** Whether two choices are the same, so that two sides who make them settle the case. */
export function sameChoice(one: Choice, other: Choice): boolean {
  return (
    one.decision === other.decision && one.partner?.id === other.partner?.id && one.outcome === other.outcome
  );
}

/** Who can decide for a side: "Ruth Adeyemi or Carl Moss"; "nobody yet" is the reason to name a deputy. */
export function deciderWords(people: readonly { name: string }[]): string {
  return people.length === 0
    ? "nobody yet, it can name a deputy"
    : list(
        people.map(({ name }) => name),
        "or",
      );
}

/** `9 days`; `today` for none. */
export function ageWords(days: number): string {
  return days <= 0 ? "today" : count(days, "day");
}
