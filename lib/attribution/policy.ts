import type { MenuEntry } from "./menu";
import { type Model, NAMED_MOTIONS } from "./vocabulary";

/** What a program listed in `programs` is called, and what it is, for the memo. */
export interface ProgramDefinition {
  program: string;
  label: string;
  definition: string;
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
    /** Minor units of the deal's currency; updates are owed strictly above it. */
    above: number;
    perMonth: number;
    consequence: "flag" | "dispute";
  };
  /** Days before close (or asOf) in which influence must happen; null for no bound. */
  influenceWindowDays: number | null;
  lateRecording: "refuse" | "with_contemporaneous_evidence";
  postSale: "ignore" | "influence";
  assisted: boolean;
  /** Share of the cohort's median that a deal must save to be accelerated, 0 to 1. */
  accelerationMinimum: number;
  costDenominator: "attributed" | "sourced";
  /** The company's own activity menu (§1); absent, the default one. It judges nothing: motions do. */
  menu?: readonly MenuEntry[];
  /** Words for `programs`; absent, a program is shown by its code. */
  programDefinitions?: readonly ProgramDefinition[];
}

const TWO_BUCKET: Policy = {
  model: "two_bucket",
  sourcedAtOrBefore: 1,
  influencedBefore: 4,
  motions: [...NAMED_MOTIONS],
  coSellMinimum: 2,
  programs: ["pe_vc_pricing"],
  updates: { above: 4_000_000, perMonth: 2, consequence: "flag" },
  influenceWindowDays: null,
  lateRecording: "refuse",
  postSale: "ignore",
  assisted: false,
  accelerationMinimum: 0.25,
  costDenominator: "attributed",
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
