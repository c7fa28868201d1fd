/**
 * What a week's hygiene finds to do (§8.4), the most urgent first: what somebody else waits for, what has a day,
 * what a fact still lacks. Derived from facts alone, so an item goes when its fact does.
 */
export const INBOX_KINDS = [
  "registration_waits",
  "row_waits",
  "role_asked",
  "introduction_waits",
  "loop_open",
  "closing_undecided",
  "updates_short",
  "step_overdue",
  "disputed",
  "second_hand",
  "drifted",
  "case_assigned",
  "cases_to_decide",
  "play_decides",
  "silent",
] as const;
export type InboxKind = (typeof INBOX_KINDS)[number];

/** Those that can be given to somebody; a case is assigned, and a side names its deputy (§8.6). */
export const DELEGABLE_KINDS = INBOX_KINDS.filter(isDelegable);

function isDelegable(kind: InboxKind): kind is Exclude<InboxKind, "case_assigned" | "cases_to_decide"> {
  return kind !== "case_assigned" && kind !== "cases_to_decide";
}

/** Who sees to items of a kind unless they give them to somebody else. */
export type InboxOwner = "ae" | "partner_owner" | "named" | "side";

interface KindWords {
  /** Of the filter and of the group. */
  label: string;
  /** Why it is there, for whoever asks what the kind is. */
  definition: string;
  /** What makes it go. */
  clears: string;
  owner: InboxOwner;
}

export const INBOX_WORDS: Readonly<Record<InboxKind, KindWords>> = {
  registration_waits: {
    label: "Registrations",
    definition: "A partner registered a deal and waits for the answer.",
    clears: "Approve or reject it.",
    owner: "partner_owner",
  },
  row_waits: {
    label: "Roles to confirm",
    definition: "Somebody proposed a partner's role on an open deal, and its AE has not answered.",
    clears: "Confirm or refuse it.",
    owner: "ae",
  },
  role_asked: {
    label: "Roles to name",
    definition:
      "A partner's registration was approved, or it did one of the memo's motions, and no row names it.",
    clears: "Name its role, or say that no partner is involved.",
    owner: "ae",
  },
  introduction_waits: {
    label: "Introductions",
    definition: "A partner opened a door, and we have not responded to it.",
    clears: "Respond, and say so; or log the meeting that came of it.",
    owner: "ae",
  },
  loop_open: {
    label: "Loops to close",
    definition: "We responded to a partner's introduction, and nobody told it what came of that.",
    clears: "Tell the partner, and say so.",
    owner: "partner_owner",
  },
  closing_undecided: {
    label: "Closing undecided",
    definition: "It closes soon, and nobody said whether a partner is involved.",
    clears: "Name the partner's role, or say that none is involved.",
    owner: "ae",
  },
  updates_short: {
    label: "Updates",
    definition:
      "The partner sourced a deal above the memo's threshold and owes updates before the month ends.",
    clears: "Log what the partner did this month.",
    owner: "partner_owner",
  },
  step_overdue: {
    label: "Steps overdue",
    definition: "A next joint step is past its day and not done.",
    clears: "Do it and say so, or give it another day.",
    owner: "named",
  },
  disputed: {
    label: "Disputes",
    definition: "The partner would earn more were the gaps in its evidence filled.",
    clears: "Fill the gaps that stand beside it.",
    owner: "partner_owner",
  },
  second_hand: {
    label: "Second hands",
    definition: "One person alone says what the partner's credit rests on.",
    clears: "Vouch for the activity, if it happened so.",
    owner: "ae",
  },
  drifted: {
    label: "The CRM says otherwise",
    definition: "Somebody decided it here, and the CRM has said something else of an open deal since.",
    clears: "Take what the CRM says, or keep what stands here.",
    owner: "ae",
  },
  case_assigned: {
    label: "Cases of yours",
    definition: "A case of the exceptions log is somebody's to see to, by name.",
    clears: "Have it decided.",
    owner: "named",
  },
  cases_to_decide: {
    label: "Cases to decide",
    definition: "Cases of a quarter lack the decision of a side.",
    clears: "Decide them in the log, those of a kind together.",
    owner: "side",
  },
  play_decides: {
    label: "Plays to decide",
    definition:
      "A partner's selling play is in its fourth week: whether it goes on is decided, not forgotten.",
    clears: "Go on with the partner, park it, or end it.",
    owner: "named",
  },
  silent: {
    label: "Silent partners",
    definition: "The partner is on an open deal and did nothing there within the window.",
    clears: "Log what it did, or start its first selling play.",
    owner: "partner_owner",
  },
};
