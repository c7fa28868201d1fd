/** Why a number is undefined, in words. It is shown as "—" with these, never as 0 (domain.md §7). */
export const UNDEFINED_REASONS = {
  no_pipeline: "No pipeline was created in the quarter.",
  no_influenced_closed: "No influenced deal was closed in the quarter.",
  no_credited_closed: "No credited deal was closed in the quarter.",
  no_direct_closed: "No direct deal was closed in the quarter.",
  no_closed: "No deal was closed in the quarter.",
  no_direct_wins: "No direct deal was won in the quarter.",
  no_credited_wins: "No credited deal was won in the quarter.",
  no_direct_cycle: "No direct deal won in the quarter has a cycle.",
  no_credited_cycle: "No credited deal won in the quarter has a cycle.",
  no_matched_cells: "No deal type, currency and size has won deals on both sides in the quarter.",
  no_matched_deals: "No deal type, currency and size has closed deals on both sides.",
  no_matched_days: "No deal type, currency and size has won deals with days on both sides.",
  no_matched_wins: "No deal type, currency and size has won deals on both sides.",
  zero_direct_median: "The median direct cycle is 0 days, so no percentage of it exists.",
  no_credited_open: "No credited deal is open at the end of the quarter.",
  no_won_revenue: "Nothing was won in the quarter.",
  no_credited_revenue: "No credited revenue was won in the quarter.",
  no_sourced_revenue: "No sourced revenue was won in the quarter.",
  no_direct_revenue: "No direct revenue was won in the quarter.",
  no_program_costs: "No partner program costs are stored for the quarter.",
  no_direct_costs: "No direct sales costs are stored for the quarter.",
  costs_not_narrowed: "Costs are kept for the whole programme, not by owner, partner or kind of deal.",
  zero_direct_cost: "Direct sales cost nothing in the quarter, so there is nothing to compare with.",
  not_in_model: "The policy's model has no such outcome.",
  missing_rate: "A currency's rate is not stored for the quarter.",
} as const;
export type UndefinedReason = keyof typeof UNDEFINED_REASONS;

/** A number that does not exist, and why; `detail` names what is missing where the reason alone does not. */
export interface Undefined {
  undefined: UndefinedReason;
  detail?: string;
  /** The currency whose rate is missing. */
  currency?: string;
}

/** A number of a quarter, unrounded; its unit is its figure's. */
export type Value = number | Undefined;

export const isDefined = (value: Value): value is number => typeof value === "number";

/** `numerator ÷ denominator`; for `reason` undefined when the denominator is 0, else as an operand is. */
export function ratio(numerator: Value, denominator: Value, reason: UndefinedReason): Value {
  if (!isDefined(numerator)) return numerator;
  if (!isDefined(denominator)) return denominator;
  return denominator === 0 ? { undefined: reason } : numerator / denominator;
}

/** `combine(a, b)`; undefined as the first undefined operand is. */
export function both(a: Value, b: Value, combine: (a: number, b: number) => Value): Value {
  if (!isDefined(a)) return a;
  return isDefined(b) ? combine(a, b) : b;
}
