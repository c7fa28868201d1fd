import type { FindingKind, Suggestion } from "@/lib/attribution/reconciliation";
import { OUTCOME_WORDS } from "@/lib/attribution/words";
import { list, plural } from "@/lib/text/words";
import type { Line } from "./reconciliation-params";

/** What is found, in a word and in a line. */
export const FINDING_WORDS: Readonly<Record<FindingKind, { label: string; definition: string }>> = {
  unconfirmed: {
    label: "Closed without confirmation",
    definition: "Its AE has not said who was involved.",
  },
  drifted: {
    label: "The CRM says otherwise",
    definition: "Somebody decided it here, and the CRM has said something else since.",
  },
  activity_without_row: {
    label: "Activity but no row",
    definition: "A partner did something on the deal, and no role row names it.",
  },
  row_without_activity: {
    label: "Row but no activity",
    definition: "A partner has a role on the deal, and nothing that it did is logged.",
  },
  no_receipt: {
    label: "Closed without a receipt",
    definition: "The CRM closed it as won without asking the stage gate.",
  },
  outdated_receipt: {
    label: "Outdated receipt",
    definition: "It closed otherwise than its receipt says, or its facts have changed since.",
  },
};

export const SUGGESTION_WORDS: Readonly<Record<Suggestion, string>> = {
  confirm: "Confirm",
  no_partner: "No partner involved",
  take: "Take the CRM's",
  keep: "Keep ours",
  tag: "Name the partner",
  exception: "Raise an exception",
  stands: "It stands",
};

export const STATE_WORDS = {
  undecided: "To decide",
  exception: "Exception",
  stands: "Stands",
  clear: "In order",
  all: "All",
} as const;

type Found = Line["found"][number];

/** Why the suggestion is made, as a sentence. */
export function reasonSentence({ because, partner, kind, drift }: Found, line: Line): string {
  const name = partner?.name ?? "The partner";
  const source = drift?.source ?? "The CRM";
  const outcome = (of: Line["outcome"]) => OUTCOME_WORDS[of].label.toLowerCase();
  switch (because) {
    case "row_waits":
      return `${name}'s role row waits for ${line.owner}, its AE.`;
    case "nobody_named":
      return "Nothing on the deal names a partner.";
    case "somebody_unnamed": {
      const names = line.partners.map((one) => one.partner.name);
      return `${list(names)} ${plural(names.length, "is", "are")} on the deal, and no row says in which role.`;
    }
    case "said_anew":
      return `${source} keeps the deal, and has said it anew since it was decided here. Taken, it amends the deal.`;
    case "corrected_here":
      return "Two people corrected it here. What the source says since, one of them would take back.";
    case "rows_locked":
      return `The role table is locked since the close: what ${source} says of ${name} now changes nothing of it.`;
    case "gone_there":
      return `${source} has the deal no more, and it stands here: the two sides decide.`;
    case "credited_without": {
      const earned = line.partners.find((one) => one.partner.id === partner?.id)?.outcome ?? line.outcome;
      return `${name} is ${outcome(earned)} without ${kind === "row_without_activity" ? "an activity" : "a row"}.`;
    }
    case "late_row_counts":
      return `The memo lets a row of now count: proof of what ${name} did was there by the close.`;
    case "disputed":
      return `${name} would earn more if what is missing were there: the two sides decide.`;
    case "earns_nothing":
      return kind === "row_without_activity"
        ? `${name} earns nothing without an activity, and one of now would be late.`
        : `A row of now would be late: it earns ${name} nothing.`;
    case "not_asked":
      return "The CRM did not ask before it closed it. That changes nothing of what it comes to.";
    case "comes_to_the_same":
      return `It comes to the same as its receipt says: ${outcome(line.outcome)}.`;
    case "comes_to_another":
      return `It comes to ${outcome(line.outcome)} now, which is not what its receipt says.`;
  }
}

/** What is found on a deal, in a line of the list. */
export function foundWords({ found }: Line): string {
  return list([...new Set(found.map(({ kind }) => FINDING_WORDS[kind].label))].map(lowerAfterFirst));
}

const lowerAfterFirst = (label: string, at: number) =>
  at === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1);
