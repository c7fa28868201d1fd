import type { Owner, Unit } from "./definition";

/** A number that is not one of a quarter's metrics, as the catalogue names it; its arithmetic is in the file that it says. */
export interface OtherNumber {
  name: string;
  /** In words. */
  formula: string;
  /** Section of domain.md, and the seed document it was read from. */
  source: string;
  owner: Owner;
  /** Raised whenever the same deals would give another number. */
  version: number;
  /** The file of lib/metrics that works it out. */
  file: string;
  figures: Readonly<Record<string, { name: string; unit: Unit; opens: string }>>;
}

/** The numbers of the forecast, of targets, of lift, of the log and of compensation, each defined in a file of its own. */
export const OTHER_NUMBERS = {
  commit: {
    name: "Commit",
    formula:
      "Sum of the open sourced deals' amounts, each at the probability that the company gives its stage, by the quarter in which it is expected to close; co-sell is context beside it, influenced is left out",
    source: "domain.md §7 forecast; [0]",
    owner: "cro",
    version: 1,
    file: "forecast.ts",
    figures: {
      weighted: { name: "In commit", unit: "money", opens: "Sourced, open, of a stage and close quarter" },
      amount: {
        name: "Open, unweighted",
        unit: "money",
        opens: "Sourced, open, of a stage and close quarter",
      },
      deals: { name: "Deals in commit", unit: "deals", opens: "Sourced, open, of a stage and close quarter" },
    },
  },
  pace: {
    name: "Pace against the target",
    formula:
      "Amount won in the quarter less the target × days gone ÷ days of the quarter; coverage is the open pipeline expected to close in it ÷ what is still missing of the target",
    source: "domain.md §7 targets",
    owner: "cro",
    version: 1,
    file: "targets.ts",
    figures: {
      ahead: { name: "Ahead of an even pace", unit: "money", opens: "Won in the quarter" },
      missing: { name: "Still missing", unit: "money", opens: "Won in the quarter" },
      coverage: { name: "Coverage", unit: "times", opens: "Open, and won in the quarter" },
    },
  },
  lift: {
    name: "With a partner beside without",
    formula:
      "In each cell of deal type × currency × amount band with deals on both sides, the deals with a partner on the day they entered the stage less those without, weighted by the cell's deals with a partner; plainly beside it, by credit at the close",
    source: "domain.md §7 lift; [4]",
    owner: "finance",
    version: 1,
    file: "lift.ts",
    figures: {
      winRate: { name: "Win rate", unit: "share", opens: "With a partner, and without, closed" },
      cycleDays: { name: "Cycle, median", unit: "days", opens: "With a partner, and without, won" },
      dealSize: { name: "Deal size, median", unit: "money", opens: "With a partner, and without, won" },
    },
  },
  contested: {
    name: "Contested share",
    formula: "Deals closed in the quarter that were gray ÷ deals closed in it, held against 5 %",
    source: "domain.md §8.6; [2]",
    owner: "finance",
    version: 1,
    file: "backtest.ts",
    figures: {
      share: { name: "Share of closed deals that were gray", unit: "share", opens: "The quarter's cases" },
    },
  },
  compensation: {
    name: "Compensation lines",
    formula:
      "For each won deal of a frozen quarter and each partner credited on it, the signed plan's rate of the credit or its share of the bonus, up to the caps; due is what is earned now less what was paid",
    source: "domain.md §8.10; [2]",
    owner: "finance",
    version: 1,
    file: "compensation.ts",
    figures: {
      sourced: { name: "Sourced line", unit: "money", opens: "Entries, each with its deal and its evidence" },
      influenced: {
        name: "Influenced line",
        unit: "money",
        opens: "Entries, each with its deal and its evidence",
      },
      due: { name: "Still to be paid", unit: "money", opens: "Entries earned, and entries paid" },
    },
  },
} as const satisfies Readonly<Record<string, OtherNumber>>;
