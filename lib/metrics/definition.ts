import type { NumbersPolicy } from "./judged-deal";
import type { Part, Sheet } from "./sheet";
import type { Interval } from "./statistics";
import type { Value } from "./value";

/**
 * How a figure is read. `money`: minor units of the reporting currency. `perUnit`: cost in reporting
 * currency per 1 of it won. `share`: 0 to 1, or below 0 for a change. `times`: a multiple. `days`, `deals`.
 */
export type Unit = "money" | "perUnit" | "share" | "times" | "days" | "deals";

/** Which of the three who sign the memo answers for a definition: it changes with their word alone. */
export type Owner = "cro" | "finance" | "head_of_partnerships";

/** Below this many deals on a side a comparison says "too few deals to tell" (domain.md §7). */
export const ENOUGH_A_SIDE = 5;

/** One operand of a figure, with what people call it. */
export interface Term {
  name: string;
  unit: Unit;
  value: Value;
}

/** How a figure is worked out, as it is written: its terms and the signs between them, read from left to right. */
export type Written = readonly (Term | "÷" | "−" | "1 −")[];

/** One number of a metric. */
export interface Figure<P extends string> {
  name: string;
  unit: Unit;
  /** The parts that make it up, numerator first; opening the figure lists their deals. */
  opens: readonly P[] | ((policy: NumbersPolicy) => readonly P[]);
  /** What each deal of those parts adds to it: its amount, one, or its days from created to closed. */
  adds: "amount" | "deals" | "days";
  value: (sheet: Sheet<P>) => Value;
  /** Its sum as it is written out; absent for what is counted, added up or a median. */
  written?: (sheet: Sheet<P>) => Written;
  /** Times which its value is whole, where it is neither whole itself nor written as one whole number by another. */
  wholes?: (sheet: Sheet<P>) => number;
  /** 95 %; absent for counts and sums, which are what they are. */
  interval?: (sheet: Sheet<P>) => Interval | null;
}

/** The band a figure is held against: `low` to `high`, in the figure's unit. */
export interface Benchmark<F extends string> {
  figure: F;
  low: number;
  high: number;
  words: string;
}

/** Something a reader of the number must know; the sentence is made where people read. */
export type Note =
  /** Closed before created: counted everywhere but in the cycle (§7). */
  | { note: "closed_before_created"; deals: number }
  /** The raw and the matched difference point opposite ways. */
  | { note: "matched_disagrees"; raw: number; matched: number };

/** A metric, defined once: what every surface shows, computes and opens. Source: domain.md §7. */
export interface Metric<P extends string, F extends string> {
  name: string;
  /** In words. */
  formula: string;
  /** Section of domain.md, and the seed document it was read from. */
  source: string;
  owner: Owner;
  /** Raised whenever the same deals would give another number (definitions.lock.json holds it to that). */
  version: number;
  parts: Readonly<Record<P, Part>>;
  figures: Readonly<Record<F, Figure<NoInfer<P>>>>;
  /** The figure shown large, which prior quarters and the sparkline follow. */
  headline: NoInfer<F> | ((policy: NumbersPolicy) => NoInfer<F>);
  benchmarks: readonly Benchmark<NoInfer<F>>[];
  /** The parts compared; fewer than five deals in one of them is "too few deals to tell". */
  sides: readonly NoInfer<P>[];
  /** The parts whose amounts a median is taken of: those must be read one by one. */
  sized?: readonly NoInfer<P>[];
  notes?: (sheet: Sheet<NoInfer<P>>) => Note[];
}

/** Checks a definition and keeps the names of its parts and figures as types. */
export const define = <const P extends string, const F extends string>(metric: Metric<P, F>) => metric;
