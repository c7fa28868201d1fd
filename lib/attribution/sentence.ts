import { dayInWords, monthInWords } from "../text/days";
import { setPercent } from "../text/numbers";
import { list, plural } from "../text/words";
import type { Measured } from "./measure";
import { ruleName } from "./models";
import type { Policy } from "./policy";
import type { Missing, NextStep, PartnerResult } from "./result";
import type { Outcome } from "./vocabulary";
import { OUTCOME_WORDS } from "./words";

/**
 * Sentences for what classification answers in codes (domain.md §6): calm English that an AE and a CFO
 * read the same way. Classification itself never makes one.
 */

/** A name in the middle of a sentence: "co-sell", not "Co-sell". */
function word(outcome: Outcome): string {
  const { label } = OUTCOME_WORDS[outcome];
  return label.charAt(0).toLowerCase() + label.slice(1);
}

/**
 * The verdict on one partner: what it is and why, then what is disputed and what would settle it.
 * `name` is the partner as people know it.
 */
export function verdictSentence(name: string, result: PartnerResult, policy: Policy): string {
  const verdict = `${name} is ${result.outcome === "none" ? "not credited" : word(result.outcome)}`;
  if (result.rule !== ruleName(policy.model, result.outcome)) {
    return `${verdict}: ruling ${result.rule} decided it.`;
  }
  const reason = `${verdict}: ${reasonOf(result, policy)}.`;
  if (result.disputed === null) return reason;
  return `${reason} It would be ${word(result.disputed)} with ${missingPhrase(result.missing)}.`;
}

function reasonOf(result: PartnerResult, policy: Policy): string {
  const passes = (name: string) => result.tests.some(({ test, passed }) => test === name && passed);
  switch (result.outcome) {
    case "sourced":
      return `it brought the deal at stage ${policy.sourcedAtOrBefore} or earlier, and our own team had not engaged the account before`;
    case "co_sell":
      return `it has ${policy.coSellMinimum} or more documented activities in the selling stages`;
    case "accelerated":
      return "it is on the role table with documented work, and the deal was won clearly faster than comparable direct deals";
    case "influenced":
      return policy.model === "roi_buckets"
        ? "it is on the role table and has a documented activity"
        : `it has a documented named motion before stage ${policy.influencedBefore}`;
    case "influence":
      return passes("any")
        ? "it has a documented activity"
        : "it has proven work after the sale and was on the role table before the close";
    case "assisted":
    case "assisted_close":
      return `it has documented work from stage ${policy.influencedBefore} on, and none that counts for more`;
    case "disputed":
      return "its evidence has a gap, and filled it would earn more";
    case "attached":
      return "it is on the deal, and nothing it did there counts for more yet";
    default:
      return passes("origin") && !passes("sourced")
        ? lateOrigin(passes, policy)
        : "nothing it did on the deal meets a rule";
  }
}

function lateOrigin(passes: (test: string) => boolean, policy: Policy): string {
  return passes("gate")
    ? "our own team had engaged the account before it, and none of its work meets another rule"
    : `it came in after stage ${policy.sourcedAtOrBefore}, and none of its work meets another rule`;
}

const LACKS = {
  proof: (ids: string[]) => `proof for ${list(ids)}`,
  confirmation: (ids: string[]) => `the AE's confirmation of ${list(ids)}`,
  approval: (ids: string[]) => `approval of ${list(ids)}`,
  second_hand: (ids: string[]) => `a second person behind ${list(ids)}`,
} as const;

/** What would settle a dispute, as the end of a sentence: "proof for A-1 and the AE's confirmation of T-1". */
export function missingPhrase(missing: readonly Missing[]): string {
  const phrases: string[] = [];
  for (const lacks of ["confirmation", "proof", "approval", "second_hand"] as const) {
    const ids = missing.filter((gap) => gap.lacks === lacks).map(({ factId }) => factId);
    if (ids.length > 0) phrases.push(LACKS[lacks](ids));
  }
  for (const gap of missing) if (gap.lacks === "updates") phrases.push(updatesPhrase(gap.count, gap.month));
  return list(phrases);
}

/** What would settle a dispute, as a sentence; empty when nothing is disputed. */
export function missingSentence(missing: readonly Missing[]): string {
  return missing.length === 0 ? "" : `Missing: ${missingPhrase(missing)}.`;
}

function updatesPhrase(count: number, month: string): string {
  return `${count} more ${plural(count, "update")} in ${monthInWords(month)}`;
}

/** One step to the next better outcome, as a phrase: "one named motion with proof before stage 4". */
export function stepPhrase(step: NextStep, policy: Policy): string {
  const [code, ...details] = step.split(":");
  switch (code) {
    case "origin":
      return `an approved registration or a confirmed sourcer row, touched at stage ${policy.sourcedAtOrBefore} or earlier`;
    case "gate":
      return `a touch at stage ${policy.sourcedAtOrBefore} or earlier`;
    case "net_new":
      return "a touch before our own team first engaged the account";
    case "motion":
      return `one named motion with proof before stage ${policy.influencedBefore}`;
    case "any":
      return "one activity with proof at stages 0 to 5";
    case "late":
      return `one activity with proof at stage ${policy.influencedBefore} or later`;
    case "in_time_role":
      return "a role row recorded by the close";
    case "accelerated":
      return `a win at least ${setPercent(policy.accelerationMinimum)} faster than comparable direct deals`;
    case "co_sell":
      return `${details[0]} more documented ${plural(Number(details[0]), "activity", "activities")} at stages 2 and 3, or 4 and 5 with direct involvement`;
    default:
      return updatesPhrase(Number(details[1]), details[0] as string);
  }
}

/** What the next better outcome needs, as a sentence; empty when nothing better exists. */
export function nextStepSentence(next: PartnerResult["next"], policy: Policy): string {
  if (next === null) return "";
  const steps = next.missing.map((step) => stepPhrase(step, policy));
  return `For ${word(next.outcome)}: ${list(steps)}.`;
}

const UNREACHED_WORDS: Readonly<Record<NonNullable<Measured["because"]>, string>> = {
  no_claim: "no registration and no sourcer row",
  no_origin: "not reached: no origin counts yet",
  no_activity: "no activity yet",
  no_row: "no role row",
  not_sourced: "asked of a sourced partner only",
  none_owed: "none are owed at this amount",
  not_won: "asked once the deal is won",
  no_cycle: "closed before it was created",
  no_cohort: "too few comparable direct deals",
  not_closed: "asked once the deal is closed",
  not_in_memo: "the memo leaves it out",
};

/**
 * What a test measured beside its limit, and why it was not reached: "touched at stage 0, limit 1". Empty
 * where there is nothing to measure, only facts to show.
 */
export function measurePhrase({ measure, because }: Pick<Measured, "measure" | "because">): string {
  const measured = measure === null ? [] : [measuredWords(measure)];
  return [...measured, ...(because === null ? [] : [UNREACHED_WORDS[because]])].join("; ");
}

function measuredWords(measure: NonNullable<Measured["measure"]>): string {
  const { value, limit } = measure;
  switch (measure.of) {
    case "touch_stage":
      return `touched at stage ${value}, limit ${limit}`;
    case "touch_day": {
      const ours =
        measure.limit === null
          ? "our team had not engaged the account"
          : `our team engaged the account on ${dayInWords(measure.limit)}`;
      return `touched on ${dayInWords(measure.value)}; ${ours}`;
    }
    case "activities":
      return `${value} documented, ${limit} needed`;
    case "short_months":
      return `${value} ${plural(measure.value, "month")} short of updates, limit ${limit}`;
    case "cycle_days":
      return `won in ${value} ${plural(measure.value, "day")}, limit ${limit}`;
  }
}
