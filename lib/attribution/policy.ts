import type { Day } from "./facts";
import type { MenuEntry } from "./menu";
import { type Grade, type Model, NAMED_MOTIONS } from "./vocabulary";

/** What a program listed in `programs` is called, and what it is, for the memo. */
export interface ProgramDefinition {
  program: string;
  label: string;
  definition: string;
}

/** Minor units by currency, or of any currency. */
export type UpdateThreshold = number | Readonly<Record<string, number>>;

/** The amount above which a deal in that currency owes updates; null when it owes none, whatever its size. */
export function updatesOwedAbove(
  { updates: { above } }: Pick<Policy, "updates">,
  currency: string,
): number | null {
  if (typeof above === "number") return above;
  return Object.hasOwn(above, currency) ? (above[currency] as number) : null;
}

/** The signed memo as data. Source: domain.md §3. */
export interface Policy {
  model: Model;
  /** Sourced needs a touch at this stage or earlier. */
  sourcedAtOrBefore: number;
  /** Motions count at stages below this one; `late` at it or above. */
  influencedBefore: number;
  /** Activity types that are motions. */
  motions: string[];
  coSellMinimum: number;
  /** Partner programs whose origin needs no registration or AE tag. */
  programs: string[];
  updates: {
    /**
     * The amount strictly above which updates are owed, in minor units of each currency listed; one that is
     * not owes none. A plain number is that many minor units of any currency.
     */
    above: UpdateThreshold;
    perMonth: number;
    consequence: "flag" | "dispute";
  };
  /** Days before close (or asOf) in which influence must happen; null for no bound. */
  influenceWindowDays: number | null;
  lateRecording: "refuse" | "with_contemporaneous_evidence";
  /** A fact written down more than `days` after it happened is delayed: a gray area, or refused. */
  recordWithin: { days: number; consequence: "flag" | "refuse" };
  /** The least grade of a fact that counts. */
  evidence: Grade;
  postSale: "ignore" | "influence";
  assisted: boolean;
  /** Share of the cohort's median that a deal must save to be accelerated, 0 to 1. */
  accelerationMinimum: number;
  costDenominator: "attributed" | "sourced";
  /** The first agreement alone: it also judges deals closed from this day on; null reaches back to none. */
  reachesBackTo: Day | null;
  /** The company's own activity menu (§1); absent, the default one. It judges nothing: motions do. */
  menu?: readonly MenuEntry[];
  /** Words for `programs`; absent, the words of its code stand for it. */
  programDefinitions?: readonly ProgramDefinition[];
}

const TWO_BUCKET: Policy = {
  model: "two_bucket",
  sourcedAtOrBefore: 1,
  influencedBefore: 4,
  motions: [...NAMED_MOTIONS],
  coSellMinimum: 2,
  programs: ["pe_vc_pricing"],
  updates: { above: { USD: 4_000_000 }, perMonth: 2, consequence: "flag" },
  influenceWindowDays: null,
  lateRecording: "refuse",
  recordWithin: { days: 30, consequence: "flag" },
  evidence: "stated",
  postSale: "ignore",
  assisted: false,
  accelerationMinimum: 0.25,
  costDenominator: "attributed",
  reachesBackTo: null,
};

/** The four presets of §3; `two_bucket` is what a new install starts its draft from. */
export const PRESETS: Readonly<Record<Model, Policy>> = {
  two_bucket: TWO_BUCKET,
  triple_tier: {
    ...TWO_BUCKET,
    model: "triple_tier",
    updates: { ...TWO_BUCKET.updates, consequence: "dispute" },
    postSale: "influence",
  },
  roi_buckets: { ...TWO_BUCKET, model: "roi_buckets", lateRecording: "with_contemporaneous_evidence" },
  lanes: {
    ...TWO_BUCKET,
    model: "lanes",
    motions: [...TWO_BUCKET.motions, "recommendation"],
    influenceWindowDays: 60,
  },
};
