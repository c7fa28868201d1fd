import { formatMoney } from "@/lib/money";
import { dayInWords } from "../text/days";
import { list } from "../text/words";
import type { Day } from "./facts";
import { isCredited } from "./models";
import type { Policy } from "./policy";
import type { Result } from "./result";
import { verdictSentence } from "./sentence";
import { GRADE_WORDS, OUTCOME_WORDS } from "./words";

/** What a sentence about a deal needs: its result, the names in it, and the policy that judged it. */
export interface Judged {
  result: Result;
  facts: { deal: { currency: string } };
  policy: { document: Policy };
  names: { partners: Readonly<Record<string, string>>; facts: Readonly<Record<string, string>> };
}

/** What a deal counts as, in one sentence: whose it is, how much, and on whose word. */
export function verdictWords(
  { result, facts, names, policy }: Judged,
  noPartner: { on: Day; by: string } | null,
): string {
  const nameOf = (id: string) => names.partners[id] ?? "a partner";
  if (result.partners.length === 0)
    return noPartner
      ? `No partner was involved: ${noPartner.by} said so on ${dayInWords(noPartner.on)}.`
      : "Nobody has named a partner yet, nor said that none was involved.";
  const deciding = result.partners.filter(({ outcome }) => outcome === result.outcome);
  if (!isCredited(result.outcome)) {
    const disputed = result.partners.find((one) => one.disputed !== null) ?? deciding[0]!;
    return verdictSentence(
      nameOf(disputed.partnerId),
      { ...disputed, missing: namedGaps(disputed.missing, names) },
      policy.document,
    );
  }
  const amount = deciding.reduce((sum, { credit }) => sum + (credit[result.outcome] ?? 0), 0);
  const grade = result.evidence ? `, ${GRADE_WORDS[result.evidence].label.toLowerCase()}` : "";
  const by = list(deciding.map(({ partnerId }) => nameOf(partnerId)));
  return `${formatMoney(amount, facts.deal.currency)} ${lower(OUTCOME_WORDS[result.outcome].label)} by ${by}${grade}.`;
}

/** What would settle a dispute, its facts as people call them. */
export const namedGaps = (
  missing: Result["partners"][number]["missing"],
  names: Judged["names"],
): Result["partners"][number]["missing"] =>
  missing.map((gap) =>
    "factId" in gap ? { ...gap, factId: lower(names.facts[gap.factId] ?? gap.factId) } : gap,
  );

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Whose turn it is while a deal is open, in words; null where nobody's answer is awaited. */
export function waitsWords(
  { state, owner, noPartner }: { state: string; owner: string; noPartner: object | null },
  roles: readonly { confirmedOn: Day | null; refused: object | null; partner: { name: string } }[],
): string | null {
  if (state !== "open") return null;
  const waiting = roles.find(({ confirmedOn, refused }) => confirmedOn === null && refused === null);
  if (waiting) return `Waits for ${owner} to confirm ${waiting.partner.name}.`;
  return roles.length === 0 && noPartner === null ? `Waits for ${owner} to name a partner, or none.` : null;
}
