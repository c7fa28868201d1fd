import { canonicalJson } from "@/lib/attribution/canonical";
import type { ContestedFacts } from "@/lib/attribution/contested";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { DealOutcome, GrayCode, Model, Outcome } from "@/lib/attribution/vocabulary";
import type { FiscalYear, Quarter } from "@/lib/calendar";
import type { PolicyInForce } from "@/lib/judging/policy-book";
import type { CostCategory } from "@/lib/metrics/cost-categories";
import type { Unit } from "@/lib/metrics/definition";
import type { CostRow, JudgedDeal } from "@/lib/metrics/judged-deal";
import type { Judgement } from "@/lib/metrics/projected-deal";
import type { Counting, QuarterInput } from "@/lib/metrics/quarter-input";
import {
  METRICS,
  type MetricKey,
  metricOf,
  type QuarterNumbers,
  quarterNumbers,
  sheetsOf,
} from "@/lib/metrics/quarter-numbers";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import type { Value } from "@/lib/metrics/value";

/**
 * A frozen quarter's seal (domain.md §1 freeze, §8.7). It is JSON Lines in UTF-8: the canonical JSON (RFC
 * 8785) of the header, then that of each deal's document in order of id by bytes, each line ended by one
 * line feed. Its digest is the SHA-256 of those bytes, in 64 hexadecimal digits; nothing else goes in.
 */
export interface SealHeader {
  format: 5;
  company: string;
  quarter: Quarter;
  /** The day the facts were read as of. */
  asOf: Day;
  /** The first hand: who prepared the freeze, when, the checklist as it stood, and what was to be found again. */
  prepared: { by: Named; at: string; checklist: CheckLine[]; digest: string };
  /** The second: who froze, when (ISO 8601 in UTC, with microseconds), and in which transaction of the database. */
  sealed: {
    by: Named;
    at: string;
    in: string;
    /** The newest head of the audit log then, as it was signed (lib/audit/head.ts); null before the first. */
    log: string | null;
  };
  /** A seal of the demo story, which goes with the story. */
  demo: boolean;
  fiscalYear: FiscalYear;
  /** ISO 4217. */
  reportingCurrency: string;
  /** Every policy that judged one of the deals, by hash. */
  policies: Record<string, Policy>;
  /** The policy that the numbers are shown under, and its signatures. */
  policy: { hash: string } & Pick<PolicyInForce, "signed" | "unsignedBefore">;
  costs: CostRow[];
  /** Categories that were said to have no cost. */
  noCosts: CostCategory[];
  /** Reporting currency per unit, by currency, as decimal text. */
  rates: Record<string, string>;
  numbers: QuarterNumbers;
  /** Every figure of every metric; the four of `numbers` are among them. */
  figures: Record<string, Record<string, Value>>;
  /** Each metric as it is shown: with intervals, benchmarks, and the quarters before as they stood then. */
  report: Record<MetricKey, MetricReport>;
  /** Names of the partners on its deals and in its cases, by id. */
  partners: Record<string, string>;
  exceptions: SealedException[];
  /** Of the closed deals those that were contested (§8.6). */
  gray: { gray: number; closed: number };
  /** Null when no review was held, which only a seal made by other means than freezing could say. */
  review: SealedReview | null;
  /** The corrections of former quarters that were accepted into this one's journal. */
  corrections: Journal;
  /** How many documents follow. */
  deals: number;
  /** How many of them closed in the quarter. */
  closed: number;
}

export interface Named {
  id: string;
  name: string;
}

/** One line of the close checklist (checklist.ts). */
export interface CheckLine {
  item: string;
  done: boolean;
  /** What holds, or what is missing. */
  says: string;
  /** Of `costs`, the categories for which nothing is entered and nothing was said. */
  missing?: CostCategory[];
}

/** A deal at a glance, as a seal or a restatement has it. */
export interface Glance {
  account: string | null;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  outcome: Outcome;
}

/** A correction of a frozen quarter, accepted by two into the journal of the quarter then under review (§8.7). */
export interface Correction {
  id: string;
  /** The frozen quarter. */
  quarter: string;
  dealId: string;
  kind: "changed" | "deleted" | "added";
  reason: string;
  proposedBy: Named;
  acceptedBy: Named;
  acceptedOn: Day;
  /** Null when it was not in the seal. */
  sealed: Glance | null;
  /** Null when it is gone. */
  corrected: Glance | null;
}

/** One of the four numbers of a frozen quarter that corrections move. */
export interface CorrectedNumber {
  quarter: string;
  metric: string;
  figure: string;
  name: string;
  unit: Unit;
  sealed: Value;
  corrected: Value;
}

export interface Journal {
  rows: Correction[];
  /** Of each frozen quarter what is another number with every correction accepted so far. */
  numbers: CorrectedNumber[];
}

/** What the meeting wrote. */
export interface SealedReview {
  facilitator: Named | null;
  ask: string;
  askBy: Named | null;
  minutes: string;
  /** ISO 8601. */
  startedAt: string;
}

/** An exception of the quarter as the meeting left it, with the names that it had then. */
export interface SealedException {
  id: string;
  dealId: string;
  account: string | null;
  /** Null when the deal had been deleted. */
  deal: { owner: string; state: DealOutcome; closedOn: Day | null; outcome: Outcome } | null;
  kind: GrayCode | "other";
  origin: "found" | "raised";
  partner: Named | null;
  amount: number;
  currency: string;
  claim: string | null;
  raisedBy: Named | null;
  owner: Named | null;
  openedOn: Day;
  settlement: string | null;
  settledOn: Day | null;
  deferred: { to: Named; until: Day } | null;
  stillGray: boolean;
  version: number;
  /** The facts that were contested, as they were when it was opened. */
  contested: Omit<ContestedFacts, "ids">;
  /** The id of the ruling or the learning that it became. */
  became: string | null;
  votes: SealedVote[];
  /** In order of time. */
  discussion: SealedNote[];
}

/** What somebody said of a case, or what happened to it. */
export interface SealedNote {
  id: string;
  kind: string;
  text: string;
  decision: SealedVote["decision"] | null;
  partner: Named | null;
  outcome: Outcome | null;
  person: Named | null;
  until: Day | null;
  by: Named | null;
  /** ISO 8601. */
  at: string;
}

export interface SealedVote {
  side: "finance" | "partnerships";
  by: Named;
  decision: "rule_upheld" | "ruling" | "learning";
  partner: Named | null;
  model: Model | null;
  outcome: Outcome | null;
  reason: string;
  /** ISO 8601. */
  at: string;
}

/** A deal as the seal has it: what was judged, by which policy, and what came out. */
export interface SealedDocument extends Judgement {
  /** Names of the partners in `facts`, by id. */
  partners: Record<string, string>;
}

/** The line of a header or a document, without its line feed. */
export function sealLine(part: SealHeader | SealedDocument): string {
  return canonicalJson(part);
}

/** Whether a quarter's numbers depend on the deal: created or closed in it, or open at its end (§7). */
export function isOfQuarter(
  { createdOn, closedOn }: Pick<JudgedDeal, "createdOn" | "closedOn">,
  { from, to }: Quarter,
): boolean {
  const within = (day: Day | null) => day !== null && day >= from && day <= to;
  return within(createdOn) || within(closedOn) || (createdOn <= to && (closedOn === null || closedOn > to));
}

/** What a sealed quarter is counted with, besides its deals. */
export function sealedCounting(
  header: Pick<SealHeader, "quarter" | "reportingCurrency" | "policies" | "policy" | "costs" | "rates">,
): Counting {
  return {
    costs: header.costs,
    rates: { quarter: header.quarter.label, reporting: header.reportingCurrency, perUnit: header.rates },
    policy: header.policies[header.policy.hash] as Policy,
  };
}

/** The four numbers, and every figure of every metric, of a quarter. Refuses a missing rate by name. */
export function countSeal(input: QuarterInput, quarter: Quarter): Pick<SealHeader, "numbers" | "figures"> {
  const sheetOf = sheetsOf(input, quarter);
  const figures = (Object.keys(METRICS) as MetricKey[]).map((key) => {
    const values = Object.entries(metricOf(key).figures).map(([name, figure]) => [
      name,
      figure.value(sheetOf(key)),
    ]);
    return [key, Object.fromEntries(values)];
  });
  return { numbers: quarterNumbers(input, quarter), figures: Object.fromEntries(figures) };
}
