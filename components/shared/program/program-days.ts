import { dayInWords } from "@/lib/text/days";

/** A partner whose programs are shown, with whether whoever looks may grant and end them. */
export interface ProgramPartner {
  id: string;
  name: string;
  may: { grant: true | string };
}

export interface HeldProgram {
  name: string;
  /** What people read for it. */
  label: string;
  from: string | null;
  to: string | null;
  grantedBy: string | null;
}

/** From when until when, both days included. */
export function programDays({ from, to }: Pick<HeldProgram, "from" | "to">): string {
  if (from === null) return to === null ? "from the beginning, with no end" : `until ${dayInWords(to)}`;
  return to === null ? `since ${dayInWords(from)}` : `${dayInWords(from)} – ${dayInWords(to)}`;
}
