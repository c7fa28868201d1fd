import type { IconName } from "@/components/ui/icon";
import type { Outputs } from "@/lib/api/client";

export type PolicyAnswer = Outputs["policy"];
export type PolicyLine = Outputs["policiesList"]["policies"][number];
export type Standing = PolicyLine["state"];

interface StandingWords {
  label: string;
  definition: string;
  icon: IconName;
  tone: "dashed" | "accent" | "warn" | "quiet" | "danger";
}

/** Where a policy stands, in a word, and what follows from it. */
export const STANDING_WORDS: Readonly<Record<Standing, StandingWords>> = {
  draft: {
    label: "Draft",
    definition: "Can be changed, judges nothing, and nobody can sign it yet.",
    icon: "edit",
    tone: "dashed",
  },
  proposed: {
    label: "Proposed",
    definition: "Its text is frozen and waits for three signatures.",
    icon: "clock",
    tone: "warn",
  },
  signed: {
    label: "Signed",
    definition: "Three people signed it; it waits for its first day.",
    icon: "stamp",
    tone: "accent",
  },
  in_force: {
    label: "In force",
    definition: "Three people signed it, and it judges deals today.",
    icon: "stamp",
    tone: "accent",
  },
  former: {
    label: "Former",
    definition: "It still judges the deals that closed while it was in force.",
    icon: "stamp",
    tone: "quiet",
  },
  declined: {
    label: "Declined",
    definition: "A signer said no. Its text is kept; a new draft can begin from it.",
    icon: "close",
    tone: "danger",
  },
  withdrawn: {
    label: "Withdrawn",
    definition: "It was taken back before three people signed. Its text is kept.",
    icon: "undo",
    tone: "quiet",
  },
};

/** `Proposed, 2 of 3 signed`: the state as a line says it. */
export function standingLabel(policy: Pick<PolicyLine, "state" | "signatures">): string {
  const { label } = STANDING_WORDS[policy.state];
  return policy.state === "proposed" ? `${label}, ${policy.signatures} of 3 signed` : label;
}

/** A hash as people compare it: its first twelve digits. */
export const shortHash = (hash: string) => hash.slice(0, 12);

/** The day of an ISO moment, in UTC as it is recorded. */
