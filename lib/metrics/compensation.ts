import type { Day } from "../attribution/facts";
import { isInfluencedFamily } from "../attribution/models";
import type { Grade, Outcome } from "../attribution/vocabulary";
import { refuse } from "../errors";
import { type QuarterRates, shareOf, sumMinor, toReporting } from "../money";

/**
 * What sourced and influenced credit pays (domain.md §8.10 [2]): a document of its own with two named lines, signed after
 * the policy. Amounts are the reporting currency's minor units; a rate is in basis points of the credit.
 */
export const LINES = ["sourced", "influenced"] as const;
export type LineName = (typeof LINES)[number];
export const PAYEES = ["partner_manager", "partner"] as const;

export interface PlanLine {
  /** A share of the credit, a bonus a deal that is shared as its credit is, or nothing. */
  pays: { of: "rate"; basisPoints: number } | { of: "fixed"; amount: number } | { of: "nothing" };
  /** The most that one partner's credit on one deal pays; null is no cap. */
  capPerDeal: number | null;
  /** The most that one payee gets by this line in a quarter, its deals taken in order of close and id. */
  capPerQuarter: number | null;
}

export interface CompensationPlan {
  format: 1;
  title: string;
  paidTo: (typeof PAYEES)[number];
  /** First and last quarter that it pays for; an open one pays until another is signed. */
  from: string;
  to: string | null;
  currency: string;
  lines: Readonly<Record<LineName, PlanLine>>;
}

/** Two plans pay the same kind of payee for a quarter that they have in common: of such, one is signed at most. */
export const payTheSame = (one: CompensationPlan, other: CompensationPlan): boolean =>
  one.paidTo === other.paidTo &&
  (one.to === null || other.from <= one.to) &&
  (other.to === null || one.from <= other.to);

/** The plan pays for this quarter. */
export const covers = ({ from: first, to: last }: CompensationPlan, quarter: string): boolean =>
  quarter >= first && (last === null || quarter <= last);

/** A won deal of the quarter, judged by a signed policy. */
export interface EarnedDeal {
  dealId: string;
  account: string | null;
  closedOn: Day;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  partners: readonly {
    partnerId: string;
    outcome: Outcome;
    /** Its share of the deal's amount, minor units of the deal's currency. */
    credit: number;
    evidence: Grade | null;
    /** Who is paid for it; null where nobody looks after the partner. */
    payeeId: string | null;
  }[];
}

/** What one payee gets by one line for one partner on one deal; negative is a clawback. */
export interface Entry {
  payeeId: string;
  line: LineName;
  dealId: string;
  partnerId: string;
  amount: number;
}

/** An entry as it is earned, with what it is a share of. */
export interface EarnedEntry extends Entry {
  account: string | null;
  closedOn: Day;
  evidence: Grade | null;
  /** The partner's credit, in the reporting currency. */
  credit: number;
  /** What the caps took. */
  capped: number;
}

/** By which line an outcome is paid; triple tier's `influence` is tracked, never commissionable (§5 credit). */
export function lineOf(outcome: Outcome): LineName | null {
  if (outcome === "sourced") return "sourced";
  return isInfluencedFamily(outcome) && outcome !== "influence" ? "influenced" : null;
}

/** What a quarter's deals earn under a plan, in order of close, deal and partner. Refuses a missing rate by name. */
export function earned(
  { lines, currency }: Pick<CompensationPlan, "lines" | "currency">,
  deals: readonly EarnedDeal[],
  rates: QuarterRates,
): EarnedEntry[] {
  if (rates.reporting !== currency)
    refuse("currency", currency, `the plan is in ${currency}, the quarter's rates in ${rates.reporting}`);
  const left = new Map<string, number>();
  return deals.toSorted(byClose).flatMap((deal) =>
    deal.partners
      .toSorted((a, b) => (a.partnerId < b.partnerId ? -1 : 1))
      .flatMap(({ partnerId, outcome, credit, evidence, payeeId }): EarnedEntry[] => {
        const line = lineOf(outcome);
        if (line === null || payeeId === null) return [];
        const { pays, capPerDeal, capPerQuarter } = lines[line];
        const converted = toReporting(credit, deal.currency, rates);
        const whole = payOf(pays, { credit, converted, amount: deal.amount });
        const ofDeal = capPerDeal === null ? whole : Math.min(whole, capPerDeal);
        const purse = `${payeeId}\u001f${line}`;
        const rest = capPerQuarter === null ? ofDeal : (left.get(purse) ?? capPerQuarter);
        const amount = Math.min(ofDeal, rest);
        if (capPerQuarter !== null) left.set(purse, rest - amount);
        const { dealId, account, closedOn } = deal;
        const about = { payeeId, line, dealId, partnerId, account, closedOn, evidence };
        return whole === 0 ? [] : [{ ...about, credit: converted, amount, capped: whole - amount }];
      }),
  );
}

const byClose = (one: EarnedDeal, other: EarnedDeal) =>
  one.closedOn < other.closedOn || (one.closedOn === other.closedOn && one.dealId < other.dealId) ? -1 : 1;

/** Rounded once, half up; a bonus is shared as the credit is, and none is paid for a deal without an amount. */
function payOf(
  pays: PlanLine["pays"],
  { credit, converted, amount }: { credit: number; converted: number; amount: number },
): number {
  if (pays.of === "rate") return shareOf(converted, pays.basisPoints, 10_000);
  if (pays.of === "fixed") return amount === 0 ? 0 : shareOf(pays.amount, credit, amount);
  return 0;
}

const keyOf = ({ payeeId, line, dealId, partnerId }: Entry) =>
  [dealId, partnerId, line, payeeId].join("\u001f");

/**
 * What is still to be paid: what is earned as it stands now less all that was paid, line by line. What was paid is
 * never rewritten: a deal that lost its credit since is a line below zero, a clawback; one that gained it an addition.
 */
export function due(target: readonly Entry[], paid: readonly Entry[]): Entry[] {
  const sums = new Map<string, Entry>();
  const add = (entry: Entry, sign: 1 | -1) => {
    const { payeeId, line, dealId, partnerId, amount } = entry;
    const key = keyOf(entry);
    const before = sums.get(key)?.amount ?? 0;
    sums.set(key, { payeeId, line, dealId, partnerId, amount: before + sign * amount });
  };
  for (const entry of target) add(entry, 1);
  for (const entry of paid) add(entry, -1);
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => entry)
    .filter(({ amount }) => amount !== 0);
}

/** The sum of entries, which may be below zero. */
export function sumOfEntries(entries: readonly Pick<Entry, "amount">[]): number {
  const gained = sumMinor(entries.map(({ amount }) => Math.max(amount, 0)));
  return gained - sumMinor(entries.map(({ amount }) => Math.max(-amount, 0)));
}
