import { list } from "../text/words";
import type { PartnerResult } from "./result";
import { missingPhrase } from "./sentence";
import type { GrayCode } from "./vocabulary";
import { OUTCOME_WORDS } from "./words";

/**
 * What the partners of a gray area claim, in a sentence: the other side of what the rule says. `names` are
 * the partners as people know them, `partners` their results. Source: domain.md §6, §8.6.
 */
export function claimSentence(
  kind: GrayCode,
  names: readonly string[],
  partners: readonly PartnerResult[],
): string {
  const who = names.length === 0 ? "The partner" : list(names);
  const many = names.length > 1;
  switch (kind) {
    case "shared_origin":
      return `${who} each claim to have brought the deal.`;
    case "partner_of_partner":
      return `${who} belong together and each claim their part of the deal.`;
    case "marketplace":
      return `${who} ${many ? "claim" : "claims"} credit on a deal that went through a marketplace.`;
    case "late_record":
      return `${who} ${many ? "claim" : "claims"} what was recorded only after the close.`;
    case "delayed_record":
      return `${who} ${many ? "claim" : "claims"} what was written down long after it happened.`;
    case "amended":
      return `${who} ${many ? "are" : "is"} on a deal that was changed after its close.`;
    case "stage_conflict":
      return `${who} ${many ? "claim" : "claims"} another stage than the deal's history shows for that day.`;
    case "prior_engagement":
      return `${who} ${many ? "claim" : "claims"} to have brought the deal, which our own team had engaged before.`;
    case "program_exception":
      return `${who} ${many ? "claim" : "claims"} the origin by a program, without registration or the AE's confirmation.`;
    case "recreated":
      return `${who} ${many ? "claim" : "claims"} the credit of the deal that this one replaces.`;
    case "unsettled":
      return partners.flatMap((partner, at) => disputeOf(names[at] ?? partner.partnerId, partner)).join(" ");
  }
}

function disputeOf(name: string, { disputed, missing }: PartnerResult): string[] {
  if (disputed === null) return [];
  const { label } = OUTCOME_WORDS[disputed];
  return [`${name} claims ${label.toLowerCase()}, with ${missingPhrase(missing)}.`];
}
