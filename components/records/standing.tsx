import { Chip } from "@/components/ui/chip";
import type { Outputs } from "@/lib/api/client";

export type Standing = Outputs["partner"]["partner"]["standing"];

export const STANDING_LABELS: Readonly<Record<Standing, string>> = {
  active: "Active",
  silent: "Silent",
  attached: "Attached",
  new: "New",
};

const TONES = { active: "accent", silent: "warn", attached: "dashed", new: "quiet" } as const;

/** What each means, with the window of the policy. */
export function standingWords(standing: Standing, days: number): string {
  if (standing === "active") return `did something within the last ${days} days`;
  if (standing === "silent") return `did nothing for more than ${days} days`;
  if (standing === "attached") return "is on a deal or in an account, and never did anything";
  return "is on no deal and in no account yet";
}

/** In motion or not, in a word. */
export function StandingChip({ standing, days }: { standing: Standing; days: number }) {
  return (
    <Chip tone={TONES[standing]} says={`It ${standingWords(standing, days)}`}>
      {STANDING_LABELS[standing]}
    </Chip>
  );
}
