import { activityLabel } from "@/lib/attribution/menu";
import { OUTCOME_WORDS, REGISTRATION_STATUS_LABELS, ROLE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { percent } from "@/lib/text/numbers";
import { count, plural } from "@/lib/text/words";
import type { SampledDeal, SampleLine } from "./answers";

/** What was found of a sample so far, in a sentence. */
export function resultSentence({
  result: { of, looked, hold, interval },
}: Pick<SampleLine, "result">): string {
  if (looked === 0) return `${count(of, "deal")} to look at.`;
  if (interval === null)
    return `${looked} of ${count(of, "deal")} looked at, ${hold} of them ${plural(hold, "holds", "hold")}.`;
  return `${hold} of ${count(of, "deal")} ${plural(hold, "holds", "hold")}. Of all the quarter's deals between ${percent(interval.low)} and ${percent(interval.high)} do, at 95 %.`;
}

/** How it was drawn: what somebody needs to draw it again. */
export function drawnSentence({ method, size, seed }: Pick<SampleLine, "method" | "size" | "seed">): string {
  return method === "deals"
    ? `${count(size, "deal")}, each as likely as any other, by the seed “${seed}”`
    : `${size} points along the amounts, a large deal likelier, by the seed “${seed}”`;
}

/** One fact of the seal, without its proof. */
export function factWords(fact: SampledDeal["facts"][number]): string {
  const on = dayInWords(fact.on);
  switch (fact.kind) {
    case "role":
      return `${ROLE_WORDS[fact.role].label}, touched on ${on}, ${fact.confirmedOn ? `confirmed on ${dayInWords(fact.confirmedOn)}` : "not confirmed"}`;
    case "activity":
      return `${activityLabel(fact.type)} on ${on}`;
    case "registration":
      return `Registration of ${on}, ${REGISTRATION_STATUS_LABELS[fact.status].toLowerCase()}`;
    case "ruling":
      return `Ruling of ${on}: ${OUTCOME_WORDS[fact.outcome].label.toLowerCase()}`;
  }
}

export const VERDICT_WORDS = { holds: "Holds", does_not_hold: "Does not hold" } as const;
