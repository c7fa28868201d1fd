import { rulesOf } from "@/lib/attribution/models";
import type { Policy } from "@/lib/attribution/policy";
import { GRADES, OUTCOMES } from "@/lib/attribution/vocabulary";
import { GRADE_WORDS, OUTCOME_WORDS, type Word } from "@/lib/attribution/words";
import { BLUEPRINT_FIELDS, type BlueprintField } from "@/lib/interchange/blueprint-fields";

/** A value of a choice: by its label, which is what is written back. */
export interface Choice extends Word {
  /** The policy gives it; else only a deal that another policy judges has it. */
  isOffered: boolean;
}

export type Shape =
  | { kind: "choice"; choices: Choice[] }
  /** At most so many characters. */
  | { kind: "text" | "long"; most: number }
  | { kind: "link" | "moment" };

/** A field of the blueprint, before any CRM's own way to say it. */
export interface Field {
  name: BlueprintField;
  label: string;
  help: string;
  shape: Shape;
}

/** What a CRM is to be made ready for. */
export interface BlueprintOf {
  policy: Policy;
  /** SHA-256 of its canonical JSON. */
  hash: string;
  /** Where this installation is reached, without a slash at its end. */
  address: string;
  /** Longer is no receipt of the gate's. */
  receiptMost: number;
}

/** What a text field of a CRM holds. */
const LINE = 255;

/** The fields that a policy asks of a CRM, in the order in which they are shown. */
export function fieldsOf({ policy, receiptMost }: Pick<BlueprintOf, "policy" | "receiptMost">): Field[] {
  const of: Readonly<Record<BlueprintField, Omit<Field, "name">>> = {
    outcome: {
      label: "Partner outcome",
      help: "What the signed policy says that partners earned on this deal. Written by Countersign.",
      shape: { kind: "choice", choices: outcomesOf(policy) },
    },
    partner: {
      label: "Credited partner",
      help: "The partners with that outcome. Written by Countersign.",
      shape: { kind: "text", most: LINE },
    },
    evidence: {
      label: "Partner evidence",
      help: "Who stands behind the outcome: one person, two, or another system. Written by Countersign.",
      shape: { kind: "choice", choices: gradesOf(policy) },
    },
    reason: {
      label: "Partner outcome: reason",
      help: "The rule of the policy that decided. Written by Countersign.",
      shape: { kind: "text", most: LINE },
    },
    receipt: {
      label: "Gate receipt",
      help: "What the stage gate answered when the deal was about to close: signed, and read back by Countersign.",
      shape: { kind: "long", most: receiptMost },
    },
    link: {
      label: "Deal in Countersign",
      help: "Where its facts, tests and evidence stand. Written by Countersign.",
      shape: { kind: "link" },
    },
    receiptUntil: {
      label: "Gate receipt holds until",
      help: "A quarter of an hour after the gate answered. Written by what asks the gate.",
      shape: { kind: "moment" },
    },
  };
  return BLUEPRINT_FIELDS.map((name) => ({ name, ...of[name] }));
}

/** Every outcome, those that the policy gives first and in its order. */
function outcomesOf(policy: Policy): Choice[] {
  const given = rulesOf(policy.model)
    .filter(({ unless }) => !unless?.(policy))
    .map(({ outcome }) => outcome);
  // In lanes a deal without partners has a name of its own (§5).
  const offered = policy.model === "lanes" ? [...given, "unattributed" as const] : given;
  return [
    ...offered.map((outcome) => ({ ...OUTCOME_WORDS[outcome], isOffered: true })),
    ...OUTCOMES.filter((outcome) => !offered.includes(outcome)).map((outcome) => ({
      ...OUTCOME_WORDS[outcome],
      isOffered: false,
    })),
  ];
}

/** The grades of evidence: below the policy's own nothing counts (§4), so nothing is credited with it. */
const gradesOf = ({ evidence }: Policy): Choice[] =>
  GRADES.map((grade) => ({
    ...GRADE_WORDS[grade],
    isOffered: GRADES.indexOf(grade) >= GRADES.indexOf(evidence),
  }));
