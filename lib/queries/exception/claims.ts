import { claimSentence } from "@/lib/attribution/claim";
import { clauseText } from "@/lib/attribution/clauses";
import type { Facts } from "@/lib/attribution/facts";
import { menuOf } from "@/lib/attribution/menu";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import { verdictSentence } from "@/lib/attribution/sentence";
import { factNames } from "../deal/fact-names";
import type { ExceptionDetail, ExceptionLine } from "./exception-shapes";

/** Names of partners, by id. */
export type Names = ReadonlyMap<string, string>;
/** A partner with its name. */
export const nameOf = (names: Names, id: string) => ({ id, name: names.get(id) ?? id });

/** Both sides of a case in words: what the partner claims, and what the rule says of each partner (§8.6). */
export function claimsOf(
  line: ExceptionLine,
  contested: ExceptionDetail["contested"],
  { result, facts }: { result: Result | null; facts: Facts | null },
  policy: Policy,
  names: Names,
): ExceptionDetail["claims"] {
  const said = result && facts ? withFactNames(result, factNames(facts, menuOf(policy))) : result;
  return {
    claimant: claimantOf(line, contested, said, names),
    rule: ruleOf(line, said, policy, names),
  };
}

/** A result whose gaps name their facts as people do, in the middle of a sentence. */
function withFactNames(result: Result, facts: Readonly<Record<string, string>>): Result {
  const called = (id: string) => {
    const name = facts[id] ?? id;
    return name.charAt(0).toLowerCase() + name.slice(1);
  };
  return {
    ...result,
    partners: result.partners.map((partner) => ({
      ...partner,
      missing: partner.missing.map((gap) =>
        "factId" in gap ? { ...gap, factId: called(gap.factId) } : gap,
      ) as typeof partner.missing,
    })),
  };
}

function claimantOf(
  line: ExceptionLine,
  contested: ExceptionDetail["contested"],
  result: Result | null,
  names: Names,
): ExceptionDetail["claims"]["claimant"] {
  if (line.claim !== null)
    return { who: line.contestedBy ?? line.raisedBy?.name ?? "Command line", says: line.claim };
  const about = new Set(
    [contested.registrations, contested.roles, contested.activities, contested.rulings]
      .flat()
      .map(({ partnerId }) => partnerId),
  );
  const partners = (result?.partners ?? []).filter(({ partnerId }) => about.has(partnerId));
  const who = partners.map(({ partnerId }) => nameOf(names, partnerId).name);
  const says = line.kind === "other" ? "" : claimSentence(line.kind, who, partners);
  return { who: who.join(", ") || "The partner", says };
}

function ruleOf(
  { clause }: ExceptionLine,
  result: Result | null,
  policy: Policy,
  names: Names,
): ExceptionDetail["claims"]["rule"] {
  return {
    clause,
    text: clause ? clauseText(clause, policy) : "",
    verdicts: (result?.partners ?? []).map((partner) => ({
      partner: nameOf(names, partner.partnerId),
      outcome: partner.outcome,
      sentence: verdictSentence(nameOf(names, partner.partnerId).name, partner, policy),
    })),
  };
}
