import type { Day } from "@/lib/attribution/facts";
import { whyNotOnePage } from "@/lib/attribution/memo-page";
import type { Policy } from "@/lib/attribution/policy";
import { dayInWords } from "@/lib/text/days";
import { unprintable } from "@/lib/text/printable";
import { all, type Guard, type MaySay } from "../guard";
import { ofOwnStory } from "../hand-guards";
import { handsThatSign, type OfDocument, type OfSeats, unended } from "../signing/guards";

/** Where a policy stands on its way from draft to force (§8.8). */
export interface OfPolicy extends OfDocument {
  proposed: boolean;
}

export const mayStartDraft: Guard<unknown> = { may: "policy.draft" };

/** Changed or discarded. */
export const mayChangeDraft: Guard<OfPolicy> = {
  may: "policy.draft",
  when: ({ proposed }) =>
    !proposed || "The text is frozen since it was proposed: withdraw it and start a new draft",
};

/** What decides whether a text may come to bind on a day (§8.8). */
export interface OfBeginning {
  document: Policy;
  activeFrom: Day;
  today: Day;
  /** The first day from which an amendment may be in force; null while nothing was ever signed. */
  amendmentFrom: Day | null;
}

/**
 * Why a text cannot begin on a day, by the field that says so; null when it can. The proposal is refused by it, so
 * that nothing is left for the third signature to refuse.
 */
export function whyNotBegin({
  document,
  activeFrom,
  today,
  amendmentFrom,
}: OfBeginning): { field: string; value: string; rule: string } | null {
  if (activeFrom < today) {
    return {
      field: "activeFrom",
      value: activeFrom,
      rule: "a policy is active from a day that is not in the past",
    };
  }
  if (amendmentFrom !== null && activeFrom < amendmentFrom) {
    const rule = `at most one amendment in twelve months: the next may be active from ${dayInWords(amendmentFrom)}`;
    return { field: "activeFrom", value: activeFrom, rule };
  }
  const { reachesBackTo } = document;
  const back = reachesBackTo === null ? null : whyNotReachBack(amendmentFrom !== null);
  if (reachesBackTo !== null && back) return { field: "reachesBackTo", value: reachesBackTo, rule: back };
  if (reachesBackTo !== null && reachesBackTo > activeFrom) {
    const rule = "the day that it reaches back to is not after its first day";
    return { field: "reachesBackTo", value: reachesBackTo, rule };
  }
  return whyNotPrinted(document) ?? whyNotOnePage(document);
}

/** Why a text cannot reach back, whatever the day; null when it can. */
export const whyNotReachBack = (isAmendment: boolean): string | null =>
  isAmendment ? "only the first agreement reaches back: an amendment judges from its first day on" : null;

/** Why the words that a company wrote cannot be printed in its memo, by their field; null when they can. */
export function whyNotPrinted({
  motions,
  programs,
  menu = [],
  programDefinitions = [],
}: Pick<Policy, "motions" | "programs" | "menu" | "programDefinitions">): {
  field: string;
  value: string;
  rule: string;
} | null {
  const texts: [string, string][] = [
    ...motions.map((motion, at): [string, string] => [`motions[${at}]`, motion]),
    ...programs.map((program, at): [string, string] => [`programs[${at}]`, program]),
    ...menu.flatMap(({ label, definition }, at): [string, string][] => [
      [`menu[${at}].label`, label],
      [`menu[${at}].definition`, definition],
    ]),
    ...programDefinitions.flatMap(({ label, definition }, at): [string, string][] => [
      [`programDefinitions[${at}].label`, label],
      [`programDefinitions[${at}].definition`, definition],
    ]),
  ];
  for (const [field, value] of texts) {
    const letters = unprintable(value);
    if (letters.length > 0)
      return { field, value, rule: `cannot be printed in the memo: ${letters.join(" ")}` };
  }
  return null;
}

/** `waiting`: the title of another proposal that waits for its signatures. */
export const mayProposePolicy: Guard<OfPolicy & { waiting: string | null }> = {
  may: "policy.draft",
  when: ({ waiting, ...policy }) =>
    all(
      mayChangeDraft.when?.(policy) ?? true,
      waiting === null || `"${waiting}" waits for signatures: one proposal at a time`,
    ),
};

export const mayWithdrawPolicy: Guard<OfPolicy> = {
  may: "policy.draft",
  when: (policy) => all(policy.proposed || "A draft is discarded, not withdrawn", waits(policy)),
};

export const mayDeclinePolicy: Guard<OfPolicy> = {
  may: "policy.sign",
  when: (policy) => all(policy.proposed || "A draft is proposed before it is declined", waits(policy)),
  hands: (actor, policy) => ofOwnStory(actor, policy, "decline"),
};

/** In one's own seat, over the hash that was proposed, by a password of one's own: one person, one seat. */
export const maySignPolicy: Guard<OfPolicy & OfSeats> = {
  may: "policy.sign",
  when: (policy) => all(policy.proposed || "A draft is proposed before it is signed", waits(policy)),
  hands: handsThatSign,
};

/** Opened to be signed, by who would sign. */
export const mayViewPolicy: Guard<OfPolicy> = {
  may: "policy.sign",
  when: (policy) => all(policy.proposed || "A draft is proposed before it is signed", waits(policy)),
};

export const mayKeepBacktest: Guard<unknown> = { may: "backtest.keep" };

const waits = (policy: OfPolicy): MaySay =>
  unended(policy, "proposal", "Three people signed it: it is in force until an amendment is");
