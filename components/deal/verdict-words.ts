import type { Outputs } from "@/lib/api/client";
import { isCredited } from "@/lib/attribution/models";
import { verdictSentence } from "@/lib/attribution/sentence";
import { GRADE_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";
import { formatMoney } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";
import { list } from "@/lib/text/words";

/** What a deal counts as, in one sentence: whose it is, how much, and on whose word. */
export function verdictWords(why: Outputs["why"], noPartner: Outputs["deal"]["deal"]["noPartner"]): string {
  const { result, facts, names, policy } = why;
  const nameOf = (id: string) => names.partners[id] ?? "a partner";
  if (result.partners.length === 0)
    return noPartner
      ? `No partner was involved: ${noPartner.by} said so on ${dayInWords(noPartner.on)}.`
      : "Nobody has named a partner yet, nor said that none was involved.";
  const deciding = result.partners.filter(({ outcome }) => outcome === result.outcome);
  if (!isCredited(result.outcome)) {
    const disputed = result.partners.find((one) => one.disputed !== null) ?? deciding[0]!;
    const gaps = disputed.missing.map((gap) =>
      "factId" in gap ? { ...gap, factId: lower(names.facts[gap.factId] ?? gap.factId) } : gap,
    );
    return verdictSentence(nameOf(disputed.partnerId), { ...disputed, missing: gaps }, policy.document);
  }
  const amount = deciding.reduce((sum, { credit }) => sum + (credit[result.outcome] ?? 0), 0);
  const grade = result.evidence ? `, ${GRADE_WORDS[result.evidence].label.toLowerCase()}` : "";
  const by = list(deciding.map(({ partnerId }) => nameOf(partnerId)));
  return `${formatMoney(amount, facts.deal.currency)} ${lower(OUTCOME_WORDS[result.outcome].label)} by ${by}${grade}.`;
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
