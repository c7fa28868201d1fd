import { GRADE_WORDS, OUTCOME_WORDS, TEST_WORDS, type Word } from "./words";

/**
 * The words of the domain as people meet them on a page, each with its definition in a sentence. What has one in
 * words.ts keeps it: nothing is defined twice. Source: domain.md §1, §4-§8.
 */
export const GLOSSARY = {
  stage: {
    label: "Stage",
    definition:
      "The canonical step of the sales cycle, 0 to 6, that a company's own pipeline stage is mapped to.",
  },
  role_table: {
    label: "Role table",
    definition:
      "A deal's partners: role, stage and day of the touch, who recorded it and when, and whether the AE has confirmed it.",
  },
  registration: {
    label: "Registration",
    definition:
      "A partner's deal registration: submitted, recorded here, and decided by somebody other than who recorded it.",
  },
  activity: { label: "Activity", definition: "Something that a partner did on a deal, with its proof." },
  proof: {
    label: "Proof",
    definition: "What shows that the activity happened: a link, or a note or a file that is kept here.",
  },
  motion: {
    label: "Named motion",
    definition: "An activity that the memo names: before the influence gate, and documented, it influences.",
  },
  evidence: {
    label: "Evidence",
    definition: "The grade of a recorded fact, and of what rests on it: stated, countersigned or witnessed.",
  },
  stated: GRADE_WORDS.stated,
  countersigned: GRADE_WORDS.countersigned,
  witnessed: GRADE_WORDS.witnessed,
  policy: {
    label: "Policy",
    definition: "The signed memo as data: it says what partners earn, and judges every deal in its days.",
  },
  landmark: {
    label: "Landmark",
    definition:
      "The first day on which a deal entered a stage or a later one: what was written down by then cannot know how it ends.",
  },
  placebo: {
    label: "Placebo",
    definition:
      "The share of shuffles of the same deals between the sides whose difference is at least as far from zero.",
  },
  memo: {
    label: "Memo",
    definition: "The policy on one page, which CRO, CFO and head of partnerships sign.",
  },
  outcome: { label: "Outcome", definition: "What a policy says that a partner earned on a deal." },
  sourced: OUTCOME_WORDS.sourced,
  co_sell: OUTCOME_WORDS.co_sell,
  influenced: OUTCOME_WORDS.influenced,
  assisted: OUTCOME_WORDS.assisted,
  attached: OUTCOME_WORDS.attached,
  disputed: OUTCOME_WORDS.disputed,
  credit: {
    label: "Credit",
    definition:
      "A deal's amount, split equally between the partners with one outcome; lines of different outcomes are never added.",
  },
  origin: TEST_WORDS.origin,
  gate: TEST_WORDS.gate,
  net_new: TEST_WORDS.net_new,
  cohort: {
    label: "Cohort",
    definition:
      "The won deals without a partner of the same type, currency and amount band, closed in the year before: at least five.",
  },
  lens: {
    label: "Lens",
    definition:
      "The same facts under another model than the one that counts: to look through, not to pay by.",
  },
  exception: {
    label: "Exception",
    definition: "A gray area: the rules decide it, and people should look at it, in its quarter's log.",
  },
  ruling: {
    label: "Ruling",
    definition: "A decision of finance and partnerships that gives a partner an outcome; one more fact.",
  },
  sourced_pipeline: {
    label: "Partner-sourced pipeline",
    definition: "The amounts of sourced deals created in the quarter.",
  },
  influenced_win_rate: {
    label: "Partner-influenced win rate",
    definition: "Of the influenced deals that closed in the quarter, the share that was won.",
  },
  cycle_reduction: {
    label: "Cycle reduction",
    definition:
      "By how many days the median credited deal was won sooner after its creation than the median direct one.",
  },
  cost_per_partner_dollar: {
    label: "Fully loaded cost per partner dollar",
    definition:
      "What the partner program cost in the quarter, its people and technology included, for each dollar won with partners.",
  },
  credited: {
    label: "Credited",
    definition: "A deal that is sourced, or that a partner influenced in one way or another.",
  },
  direct: { label: "Direct", definition: "A deal that is not credited: no partner earned it." },
  adoption: {
    label: "AE adoption",
    definition: "The share of closed deals whose attribution was confirmed before the close.",
  },
  interval: {
    label: "Interval",
    definition: "The span in which the number lies in 95 of 100 samples like this one: few deals, wide span.",
  },
  n: {
    label: "n",
    definition: "How many deals a number is counted from.",
  },
  freeze: {
    label: "Freeze",
    definition:
      "The end of a quarterly review: the quarter's deals, facts, policy and outcomes are sealed and never change.",
  },
  restatement: {
    label: "Restatement",
    definition: "A later difference from a frozen quarter, shown beside it and accepted by two people.",
  },
} as const satisfies Readonly<Record<string, Word>>;

export type Term = keyof typeof GLOSSARY;
export const TERMS = Object.keys(GLOSSARY) as Term[];

/** Whether a code of the vocabulary is a word of the glossary, too. */
export const isTerm = (code: string): code is Term => Object.hasOwn(GLOSSARY, code);
