import { fieldWords } from "@/components/ui/problem-words";
import { capital, codeWords } from "@/lib/text/words";
import type { RestatementsAnswer } from "./answers";

type Change = RestatementsAnswer["rows"][number]["reason"][number];

const OF_WORDS: Readonly<Record<Change["of"], string>> = {
  deal: "Deal",
  name: "Name",
  stage: "Stage",
  registration: "Registration",
  role: "Role row",
  activity: "Activity",
  ruling: "Ruling",
  partner: "Partner",
  cohort: "Cohort",
  policy: "Policy",
  outcome: "Outcome",
  credit: "Credit",
};

/** Which field of what differs: "Role row T-1, touched on". */
export function restatedField({ of, id, field }: Change): string {
  const what = id ? `${OF_WORDS[of]} ${id}` : OF_WORDS[of];
  return field ? `${what}, ${fieldWords(field)}` : what;
}

/** A verb's name as what was done: `tag-partner` → "Tag partner". */
export function writtenBy(action: string): string {
  return capital(codeWords(action));
}
