import type { Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";

export type ProgramPartner = Outputs["partnerPrograms"]["partners"][number];
export type HeldProgram = ProgramPartner["programs"][number];

/** From when until when, both days included. */
export function programDays({ from, to }: Pick<HeldProgram, "from" | "to">): string {
  if (from === null) return to === null ? "from the beginning, with no end" : `until ${dayInWords(to)}`;
  return to === null ? `since ${dayInWords(from)}` : `${dayInWords(from)} – ${dayInWords(to)}`;
}
