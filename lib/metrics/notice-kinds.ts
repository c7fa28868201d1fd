/** What people are told of (§8.9), in the order in which they choose how. */
export const NOTICE_KINDS = [
  "digest",
  "weekly_numbers",
  "registration_waits",
  "row_waits",
  "case_assigned",
  "item_given",
  "deal_contested",
  "memo_waits",
  "freeze_prepared",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How somebody is told: by mail, in the company's chat, or not at all. */
export const NOTICE_CHOICES = ["mail", "chat", "none"] as const;
export type NoticeChoice = (typeof NOTICE_CHOICES)[number];

/** How one is told of a kind until one says otherwise: the week's numbers are for whoever asks for them. */
export const firstChoice = (kind: NoticeKind): NoticeChoice => (kind === "weekly_numbers" ? "none" : "mail");

/** By what a notice leaves the house. */
export type NoticeWay = Exclude<NoticeChoice, "none">;

/**
 * What became of a notice: it waits for its time or its next try; it was taken; whom it is for wanted none; nothing
 * is there to send it by; or it was given up.
 */
export const NOTICE_STATES = ["waiting", "sent", "unwanted", "no_way", "failed"] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** The chats that take what we post (their incoming webhooks). */
export const CHATS = ["slack", "teams"] as const;
export type Chat = (typeof CHATS)[number];

export const CHAT_NAMES: Readonly<Record<Chat, string>> = { slack: "Slack", teams: "Microsoft Teams" };

interface KindWords {
  label: string;
  /** When one is told, for whoever chooses. */
  definition: string;
}

export const NOTICE_WORDS: Readonly<Record<NoticeKind, KindWords>> = {
  digest: {
    label: "Monday's digest",
    definition: "What waits in your inbox, once a week on Monday morning; nothing in a week with nothing.",
  },
  weekly_numbers: {
    label: "The week's numbers",
    definition:
      "On Monday morning the four numbers of the quarter, and why they moved since the Monday before.",
  },
  registration_waits: {
    label: "A registration waits",
    definition: "Somebody entered a partner's registration that is yours to decide.",
  },
  row_waits: {
    label: "A role waits",
    definition: "Somebody proposed a partner's role on a deal of yours.",
  },
  case_assigned: {
    label: "A case is yours",
    definition: "Somebody gave you a case of the exceptions log.",
  },
  item_given: {
    label: "An item is given to you",
    definition: "Somebody gave you an item of their inbox, or of another's.",
  },
  deal_contested: {
    label: "A deal is contested",
    definition: "Somebody raised an exception about a deal of yours, or about your partner's claim.",
  },
  memo_waits: {
    label: "A memo waits",
    definition: "A policy was proposed, and your signature is asked for.",
  },
  freeze_prepared: {
    label: "A freeze is prepared",
    definition: "A quarter is ready to be frozen, by another person of finance than who prepared it.",
  },
};
