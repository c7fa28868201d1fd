import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import type { Policy } from "@/lib/attribution/policy";
import type { FiscalYear, Quarter } from "@/lib/calendar";
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
import type { Value } from "@/lib/metrics/value";

/**
 * A frozen quarter's seal (domain.md §1 freeze, §8.7). It is JSON Lines in UTF-8: the canonical JSON (RFC
 * 8785) of the header, then that of each deal's document in order of id by bytes, each line ended by one
 * line feed. Its digest is the SHA-256 of those bytes, in 64 hexadecimal digits; nothing else goes in.
 */
export interface SealHeader {
  format: 2;
  quarter: Quarter;
  /** The day the facts were read as of. */
  asOf: Day;
  sealedBy: string;
  fiscalFirstMonth: number;
  fiscalNamedBy: FiscalYear["namedBy"];
  /** ISO 4217. */
  reportingCurrency: string;
  /** Every policy that judged one of the deals, by hash. */
  policies: Record<string, Policy>;
  /** The policy that the numbers are shown under, and whether it was signed. */
  policy: { hash: string; signedFrom: Day | null };
  costs: CostRow[];
  /** Reporting currency per unit, by currency, as decimal text. */
  rates: Record<string, string>;
  numbers: QuarterNumbers;
  /** Every figure of every metric; the four of `numbers` are among them. */
  figures: Record<string, Record<string, Value>>;
  /** Names of the partners on its deals, by id. */
  partners: Record<string, string>;
  exceptions: SealedException[];
  review: { facilitator: string | null; ask: string; askBy: string | null; minutes: string };
  /** How many documents follow. */
  deals: number;
}

/** An exception of the quarter as the meeting left it. */
export interface SealedException {
  id: string;
  dealId: string;
  kind: string;
  origin: string;
  partnerId: string | null;
  amount: number;
  currency: string;
  claim: string | null;
  raisedBy: string | null;
  openedOn: Day;
  settlement: string | null;
  settledOn: Day | null;
  deferred: { to: string; until: Day } | null;
  votes: {
    side: string;
    by: string;
    decision: string;
    partnerId: string | null;
    model: string | null;
    outcome: string | null;
    reason: string;
  }[];
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
