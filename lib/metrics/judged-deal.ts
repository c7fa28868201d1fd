import type { Day, DealFacts } from "../attribution/facts";
import type { Policy } from "../attribution/policy";
import type { Grade, Outcome } from "../attribution/vocabulary";

/**
 * A deal and what its policy made of it: all that the numbers may know about a deal. `closedOn` is null
 * exactly while `outcome` is open. Source: domain.md §7.
 */
export interface JudgedDeal
  extends Pick<
    DealFacts,
    "id" | "amount" | "currency" | "type" | "route" | "createdOn" | "closedOn" | "outcome"
  > {
  /** The AE. */
  owner: string;
  /** The deal's outcome under the policy that judges it; from the seal when its quarter is frozen (§5). */
  attribution: Outcome;
  /** Who stands behind it (§5 evidence of an outcome); null exactly without credit. */
  evidence: Grade | null;
  /** Whether the AE had confirmed the attribution, "no partner involved" included, before the close (§8.7). */
  confirmedBeforeClose: boolean;
  /** Days of the activities on it; absent where no engagement is asked for. */
  engagedOn?: readonly Day[];
}

/** One line of costs.csv (imports.md). */
export interface CostRow {
  /** `YYYY-Qn`. */
  quarter: string;
  side: "partner_program" | "direct_sales";
  category: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
}

/** What the numbers need to know of the policy they are shown under. */
export type NumbersPolicy = Pick<Policy, "model" | "costDenominator">;
