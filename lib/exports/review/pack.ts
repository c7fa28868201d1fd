import type { Clause } from "../../attribution/clauses";
import type { Day } from "../../attribution/facts";
import type { DealOutcome, DealType, GrayCode, Model, Outcome, Route } from "../../attribution/vocabulary";
import type { Quarter, QuarterProgress } from "../../calendar";
import type { CostCategory } from "../../metrics/cost-categories";
import type { Unit } from "../../metrics/definition";
import type { CostRow } from "../../metrics/judged-deal";
import type { MetricReport } from "../../metrics/quarter-report";
import type { Value } from "../../metrics/value";

/**
 * What the `review-pack` query answers, as far as a pack shows it. A room of its own shape, because
 * exports know no queries; lib/api holds the two against each other when it hands the answer over.
 */
export interface ReviewPack {
  company: string;
  /** Who takes it away, and when; null of a frozen quarter's, which is the same for everybody. */
  made: { by: string; on: Day } | null;
  review: Review;
  /** Costs of the quarter, both sides, that the economics are made of. */
  costs: readonly CostRow[];
  /** Categories that were said to have no cost. */
  noCosts: readonly CostCategory[];
  /** The deals behind every part of every number in `review`. */
  behind: readonly PartDeals[];
}

export interface Review {
  quarter: Quarter;
  prior: string;
  state: QuarterProgress | "frozen";
  seal: {
    digest: string;
    /** ISO 8601, UTC. */
    at: string;
    asOf: Day;
    by: string;
    /** Deals that closed in the quarter. */
    closed: number;
    prepared: { by: string; at: string };
  } | null;
  asOf: Day;
  policy: {
    /** Deals closed before this day are judged by the unsigned preset. */
    unsignedBefore?: string | null;
    hash: string;
    model: Model;
    signed: { title: string; number: number; on: Day; by: readonly { name: string }[] } | null;
  };
  reportingCurrency: string;
  pipeline: MetricReport;
  revenue: MetricReport;
  economics: MetricReport;
  indicators: readonly MetricReport[];
  headline: readonly MetricReport[];
  exceptions: {
    rows: readonly ExceptionRow[];
    open: number;
    deferred: number;
    settled: number;
    grayShare: { gray: number; closed: number; share: number | null; limit: number };
  };
  corrections: Corrections;
  meeting: { ask: string; askBy: Named | null; minutes: string; facilitator: Named | null } | null;
}

/** What two accepted of former quarters into this one's journal. */
export interface Corrections {
  rows: readonly {
    quarter: string;
    dealId: string;
    reason: string;
    proposedBy: Named;
    acceptedBy: Named;
    sealed: Glance | null;
    corrected: Glance | null;
  }[];
  numbers: readonly { quarter: string; name: string; unit: Unit; sealed: Value; corrected: Value }[];
}

/** A deal as a seal or a correction has it. */
export interface Glance {
  account: string | null;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  outcome: Outcome;
}

interface Named {
  name: string;
}

export interface ExceptionRow {
  kind: GrayCode | "other";
  label: string;
  dealId: string;
  account: string | null;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  partner: Named | null;
  claim: string | null;
  raisedBy: Named | null;
  owner: Named | null;
  openedOn: Day;
  ageDays: number;
  state: "open" | "deferred" | "decided" | "put_right" | "withdrawn";
  deferred: { to: Named; until: Day } | null;
  votes: readonly {
    side: "finance" | "partnerships";
    by: Named;
    decision: Decision;
    partner: Named | null;
    outcome: Outcome | null;
    reason: string;
  }[];
  settled: { by: Decision | "facts" | "withdrawn"; on: Day } | null;
  clause: Clause | null;
}

export type Decision = "rule_upheld" | "ruling" | "learning";

/** The deals of one part of one metric, from the definition that the number was counted by. */
export interface PartDeals {
  metric: string;
  metricName: string;
  part: string;
  name: string;
  deals: readonly PackDeal[];
}

export interface PackDeal {
  id: string;
  account: string;
  owner: string;
  type: DealType;
  route: Route;
  createdOn: Day;
  closedOn: Day | null;
  outcome: DealOutcome;
  attribution: Outcome;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  /** Minor units of the reporting currency, by the quarter's own rate. */
  reporting: number;
  /** Days from created to closed; null while open. */
  days: number | null;
  /** Activities on it in the quarter; null where they were not asked for. */
  activities: number | null;
}
