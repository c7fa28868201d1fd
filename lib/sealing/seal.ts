import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day, Facts } from "@/lib/attribution/facts";
import { stageOn } from "@/lib/attribution/frame";
import type { Policy } from "@/lib/attribution/policy";
import type { Result } from "@/lib/attribution/result";
import type { Stage } from "@/lib/attribution/vocabulary";
import type { Quarter } from "@/lib/calendar";
import type { CostRow, JudgedDeal, QuarterInput } from "@/lib/metrics/judged-deal";
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
 * A frozen quarter's seal (domain.md §1 freeze, §8.6). It is JSON Lines in UTF-8: the canonical JSON (RFC
 * 8785) of the header, then that of each deal's document in order of id by bytes, each line ended by one
 * line feed. Its digest is the SHA-256 of those bytes, in 64 hexadecimal digits; nothing else goes in.
 */
export interface SealHeader {
  format: 1;
  quarter: Quarter;
  /** The day the facts were read as of. */
  asOf: Day;
  sealedBy: string;
  fiscalFirstMonth: number;
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
export interface SealedDocument {
  facts: Facts;
  account: string | null;
  /** The AE. */
  owner: string;
  /** The day its AE said that no partner was involved. */
  noPartnerOn: Day | null;
  /** Names of the partners in `facts`, by id. */
  partners: Record<string, string>;
  policyHash: string;
  result: Result;
}

/** What numbers and lists need of a sealed deal: made from its document and nothing else. */
export interface SealedSummary extends JudgedDeal {
  account: string | null;
  stage: Stage;
  disputed: boolean;
  /** Its AE had confirmed every role row, or said that no partner is involved. */
  confirmed: boolean;
  /** On the deal, by id. */
  partners: { id: string; name: string }[];
  engagedOn: Day[];
}

/** The line of a header or a document, without its line feed. */
export function sealLine(part: SealHeader | SealedDocument): string {
  return canonicalJson(part);
}

/** The document without what is dated after its day: classification looks away from that (§4), and so does a seal. */
export function factsOnDay(facts: Facts): Facts {
  const { asOf } = facts;
  return {
    ...facts,
    stages: facts.stages.filter(({ enteredOn }) => enteredOn <= asOf),
    registrations: facts.registrations.filter(({ submittedOn }) => submittedOn <= asOf),
    roles: facts.roles
      .filter(({ recordedOn }) => recordedOn <= asOf)
      .map((row) =>
        row.confirmedOn !== null && row.confirmedOn > asOf ? { ...row, confirmedOn: null } : row,
      ),
    activities: facts.activities.filter(
      ({ recordedOn, occurredOn }) => recordedOn <= asOf && occurredOn <= asOf,
    ),
    rulings: facts.rulings.filter(({ decidedOn }) => decidedOn <= asOf),
  };
}

export function summaryOf({
  facts,
  account,
  owner,
  noPartnerOn,
  partners,
  result,
}: SealedDocument): SealedSummary {
  const { id, amount, currency, type, route, createdOn, closedOn, outcome } = facts.deal;
  return {
    id,
    account,
    owner,
    amount,
    currency,
    type,
    route,
    createdOn,
    closedOn,
    outcome,
    attribution: result.outcome,
    confirmedBeforeClose: isConfirmedBeforeClose(facts, noPartnerOn),
    stage: stageOn(facts.stages, facts.asOf),
    disputed: result.partners.some(({ disputed }) => disputed !== null),
    confirmed:
      noPartnerOn !== null ||
      (facts.roles.length > 0 && facts.roles.every(({ confirmedOn }) => confirmedOn !== null)),
    partners: result.partners.map(({ partnerId }) => ({
      id: partnerId,
      name: partners[partnerId] ?? partnerId,
    })),
    engagedOn: facts.activities.map(({ occurredOn }) => occurredOn).sort(),
  };
}

/**
 * Whether a closed deal's attribution was confirmed by its close (§8.3, §8.7): "no partner involved" was
 * said by then, or every role row recorded by then was confirmed by then and there is one.
 */
export function isConfirmedBeforeClose({ deal, roles }: Facts, noPartnerOn: Day | null): boolean {
  const { closedOn } = deal;
  if (closedOn === null) return false;
  if (noPartnerOn !== null && noPartnerOn <= closedOn) return true;
  const rows = roles.filter(({ recordedOn }) => recordedOn <= closedOn);
  return rows.length > 0 && rows.every(({ confirmedOn }) => confirmedOn !== null && confirmedOn <= closedOn);
}

/** Whether a quarter's numbers depend on the deal: created or closed in it, or open at its end (§7). */
export function isOfQuarter(
  { createdOn, closedOn }: Pick<JudgedDeal, "createdOn" | "closedOn">,
  { from, to }: Quarter,
): boolean {
  const within = (day: Day | null) => day !== null && day >= from && day <= to;
  return within(createdOn) || within(closedOn) || (createdOn <= to && (closedOn === null || closedOn > to));
}

/** What the sealed quarter is counted from. */
export function sealedInput(
  header: Pick<SealHeader, "quarter" | "reportingCurrency" | "policies" | "policy" | "costs" | "rates">,
  deals: readonly SealedSummary[],
): QuarterInput<SealedSummary> {
  return {
    deals,
    costs: header.costs,
    rates: { quarter: header.quarter.label, reporting: header.reportingCurrency, perUnit: header.rates },
    policy: header.policies[header.policy.hash] as Policy,
  };
}

/** The four numbers, and every figure of every metric, of a quarter. Refuses a missing rate by name. */
export function countSeal(input: QuarterInput, quarter: Quarter): Pick<SealHeader, "numbers" | "figures"> {
  const sheetOf = sheetsOf([input], [quarter])[0]!;
  const figures = (Object.keys(METRICS) as MetricKey[]).map((key) => {
    const values = Object.entries(metricOf(key).figures).map(([name, figure]) => [
      name,
      figure.value(sheetOf(key)),
    ]);
    return [key, Object.fromEntries(values)];
  });
  return { numbers: quarterNumbers(input, quarter), figures: Object.fromEntries(figures) };
}
